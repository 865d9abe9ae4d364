package dev.offshoot.migrator;

import java.time.Duration;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.credential.Credentials;
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

  /** @param children what migrations run in; they stay the caller's */
  Databases(Credentials credentials, ReadyChildren children, Duration deadline) {
    this.credentials = credentials;
    this.children = children;
    this.deadline = deadline;
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
    return new Migration(database, subject.origin().repository(), settings, children, deadline);
  }
}
