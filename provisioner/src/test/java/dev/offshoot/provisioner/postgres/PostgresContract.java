package dev.offshoot.provisioner.postgres;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static dev.offshoot.provisioner.postgres.PostgresFixture.run;
import static dev.offshoot.provisioner.postgres.PostgresFixture.value;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.StagingServer;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.process.FreePorts;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.provisioner.store.StoreContract;

/** The contract on a server with a Staging database that has a table {@code product} with a column {@code name}. */
public interface PostgresContract extends StoreContract {
  PostgresAt server();

  RepositoryConfig repository();

  /** The same store at another server, or as somebody else. */
  Store at(PostgresConfig config);

  @Override
  default Store store() {
    return at(server().config());
  }

  @Override
  default Optional<StoreSnapshot> epoch() {
    return new PostgresEpochs(server().config(), CREDENTIALS, Clock.systemUTC()).snapshot(repository(), EPOCH);
  }

  default Connection enter(Made made) throws SQLException {
    return server().login(made.coordinates().name(), made.coordinates().user());
  }

  @Override
  default long content(Made made) throws SQLException {
    try (Connection connection = enter(made)) {
      return Long.parseLong(value(connection, "SELECT count(*) FROM product"));
    }
  }

  @Override
  default void work(Made made) throws SQLException {
    try (Connection connection = enter(made)) {
      run(connection, "INSERT INTO product (name) VALUES ('new')");
    }
  }

  @Override
  default void leaveHalfMade(Owner owner) throws SQLException {
    epoch();
    server().admin("postgres", "CREATE ROLE " + owner.name(), "CREATE DATABASE t_" + owner.name());
  }

  @Override
  default Optional<Store> refused() {
    PostgresConfig there = server().config();
    return Optional.of(at(there.as(there.user(), new Secret("wrong"))));
  }

  @Override
  default Store away() {
    PostgresConfig there = server().config();
    return at(there.at(new StagingServer("127.0.0.1", FreePorts.choose(), there.user(), there.password())));
  }

  @Override
  default Optional<Store> throttled() {
    return Optional.empty();
  }
}
