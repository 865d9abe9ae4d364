package dev.offshoot.reporter;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Subject;
import dev.offshoot.reporter.SchemaDifference.NotCompared;
import dev.offshoot.worker.Failure;

/**
 * Compares an environment's schema with that of the epoch it was cloned from. A comparison that fails is said, not
 * thrown.
 */
final class SchemaDifferences {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaDifferences.class);
  /** SQL is parsed, and somebody may find SQL that takes for ever to parse. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Credentials credentials;
  private final BoundedComparisons comparisons;

  SchemaDifferences(Credentials credentials) {
    this.credentials = credentials;
    this.comparisons = new BoundedComparisons(LONGEST);
  }

  /** @throws Failure UNAVAILABLE when the server cannot be reached */
  SchemaDifference of(Subject subject, Stores stores) throws InterruptedException {
    Optional<StoreCoordinates> postgres = stores.of(StoreKind.POSTGRES);
    if (postgres.isEmpty()) {
      return new NotCompared("the environment has no database");
    }
    if (!stores.keyId().equals(credentials.keyId())) {
      return new NotCompared("its credentials were derived from a key that is not configured any more");
    }
    DatabaseLogin.Server server = new DatabaseLogin.Server(postgres.get().host(), postgres.get().port());
    ResourceName own = ResourceName.of(subject.origin().repository(), subject.origin().environment(),
        subject.incarnation());
    ResourceName reference = ResourceName.reference(subject.origin().repository(), stores.epoch());
    DatabaseLogin after = new DatabaseLogin(
        server, postgres.get().name(), postgres.get().user(), credentials.password(own, StoreKind.POSTGRES));
    DatabaseLogin before = new DatabaseLogin(
        server, reference.value(), reference.value(), credentials.password(reference, StoreKind.POSTGRES));
    Optional<NotCompared> closed = closed(before, "the snapshot's schema")
        .or(() -> closed(after, "the environment's schema"));
    return closed.isPresent() ? closed.get() : guarded(before, after);
  }

  private static Optional<NotCompared> closed(DatabaseLogin login, String what) {
    try (Connection session = login.open()) {
      return session.isValid(0) ? Optional.empty() : Optional.of(new NotCompared(what + " cannot be read"));
    } catch (SQLException e) {
      String state = Optional.ofNullable(e.getSQLState()).orElse("");
      if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "The database " + login + " does not answer: " + e.getMessage(), e);
      }
      return Optional.of(new NotCompared(what + " cannot be read (SQLSTATE " + state + ")"));
    }
  }

  private SchemaDifference guarded(DatabaseLogin before, DatabaseLogin after) throws InterruptedException {
    try {
      return comparisons.run(() -> SchemaComparison.compare(before, after));
    } catch (ExecutionException e) {
      LOG.warn("The schemas of {} and {} could not be compared", before, after, e);
      return new NotCompared("the comparison failed: " + e.getCause());
    }
  }
}
