package dev.offshoot.provisioner.postgres;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.testcontainers.containers.GenericContainer;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.provisioner.Containers;
import dev.offshoot.provisioner.store.Store;

/** The contract on the official image. */
@Tag("containers")
class PostgresContainerTest implements PostgresContract {
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("shop", "store_staging", Optional.empty());

  private static Optional<GenericContainer<?>> container = Optional.empty();

  @BeforeAll
  static void aStagingDatabaseStands() throws SQLException {
    container = Optional.of(Containers.of("postgres").withExposedPorts(5432).withEnv("POSTGRES_PASSWORD", "containers-own"));
    container.get().start();
    Eventually.await("PostgreSQL answers", Duration.ofMinutes(1), PostgresContainerTest::answers);
    at().staging("store_staging");
  }

  private static boolean answers() {
    try (Connection session = at().administrator("postgres")) {
      return session.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  @AfterAll
  static void stop() {
    container.ifPresent(GenericContainer::close);
  }

  private static PostgresAt at() {
    GenericContainer<?> running = container.orElseThrow();
    return new PostgresAt(new PostgresConfig(running.getHost(), running.getMappedPort(5432), "postgres", new Secret("containers-own"), 5));
  }

  @Override
  public PostgresAt server() {
    return at();
  }

  @Override
  public RepositoryConfig repository() {
    return REPOSITORY;
  }

  @Override
  public Store at(PostgresConfig config) {
    return new PostgresStore(config, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
  }
}
