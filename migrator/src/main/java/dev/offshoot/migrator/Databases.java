package dev.offshoot.migrator;

import java.time.Duration;
import java.util.Optional;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Subject;
import dev.offshoot.migrator.child.ReadyChildren;
import dev.offshoot.migrator.flyway.EnvironmentDatabase;
import dev.offshoot.worker.Failure;

/** Finds the database of an environment and the password of its role. */
final class Databases {
  private final Credentials credentials;
  private final ReadyChildren children;
  private final Duration deadline;
  private final Optional<PostgresConfig> server;

  /** Without a server that epochs are on: no history is run again. */
  Databases(Credentials credentials, ReadyChildren children, Duration deadline) {
    this(credentials, children, deadline, Optional.empty());
  }

  /**
   * @param children what migrations run in; they stay the caller's
   * @param server that epochs are on; only its place is used
   */
  Databases(Credentials credentials, ReadyChildren children, Duration deadline, Optional<PostgresConfig> server) {
    this.credentials = credentials;
    this.children = children;
    this.deadline = deadline;
    this.server = server;
  }

  /** What belongs to an epoch, by its name; logged in to as the role of the same name. Empty where epochs are not within reach. */
  Optional<EnvironmentDatabase> ofEpoch(ResourceName name) {
    return server.map(at -> new EnvironmentDatabase(
        new StoreCoordinates(StoreKind.POSTGRES, at.host(), at.port(), name.value(), name.value()),
        credentials.password(name, StoreKind.POSTGRES), "offshoot migrator " + name));
  }

  /** A run that no push waits for. */
  Migration beside(EnvironmentDatabase database, RepositoryKey owner, FlywayConfig settings, Duration longest) {
    return new Migration(database, settings, new Migration.Room(children, owner, true), longest);
  }

  Duration deadline() {
    return deadline;
  }

  /** @throws Failure DENIED when the credentials were derived from a key that is no longer configured */
  Migration migration(Subject subject, Stores stores, FlywayConfig settings) {
    if (!stores.keyId().equals(credentials.keyId())) {
      throw new Failure(Failure.Kind.DENIED, "The environment's credentials were derived from the key '"
          + stores.keyId()
          + "', and the configuration has '" + credentials.keyId() + "': make the environment anew");
    }
    StoreCoordinates postgres = stores.of(StoreKind.POSTGRES)
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The environment has no PostgreSQL database"));
    ResourceName resource =
        ResourceName.of(subject.origin().repository(), subject.origin().environment(), subject.incarnation());
    String application = "offshoot migrator " + subject.origin().environment() + " i" + subject.incarnation();
    EnvironmentDatabase database =
        new EnvironmentDatabase(postgres, credentials.password(resource, StoreKind.POSTGRES), application);
    return new Migration(
        database, settings, new Migration.Room(children, subject.origin().repository(), false), deadline);
  }
}
