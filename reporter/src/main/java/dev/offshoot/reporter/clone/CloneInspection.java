package dev.offshoot.reporter.clone;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Subject;
import dev.offshoot.reporter.model.Masking;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.Sizes;
import dev.offshoot.worker.Failure;

/**
 * Looks at an environment's database and at the schema of the epoch it was cloned from. What cannot be found out is said,
 * not thrown.
 */
public final class CloneInspection {
  private static final Logger LOG = LoggerFactory.getLogger(CloneInspection.class);
  /** SQL is parsed, and somebody may find SQL that takes for ever to parse. */
  private static final Duration LONGEST = Duration.ofMinutes(2);
  /** An epoch's reference lets in ten sessions; each inspection has one there at a time, and there may be a second reporter. */
  private static final int MOST_AT_ONCE = 4;

  private final Credentials credentials;
  private final Map<RepositoryKey, FlywayConfig> flyway;
  private final BoundedComparisons comparisons;
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);

  /** Of repositories with Flyway's usual settings. */
  public CloneInspection(Credentials credentials) {
    this(credentials, Map.of());
  }

  /** @param flyway where each repository's history is; it is no part of any schema */
  public CloneInspection(Credentials credentials, Map<RepositoryKey, FlywayConfig> flyway) {
    this.credentials = credentials;
    this.flyway = Map.copyOf(flyway);
    this.comparisons = new BoundedComparisons(LONGEST);
  }

  /**
   * What was seen.
   *
   * @param sizes of all tables
   */
  public record Seen(Part<SchemaDifference> schema, Part<Masking> masking, Part<Sizes> sizes) {
    public static Seen nothing(String why) {
      return new Seen(Part.missing(why), Part.missing(why), Part.missing(why));
    }
  }

  /**
   * @param masked the columns that were masked in the snapshot
   * @throws Failure UNAVAILABLE when the server cannot be reached, or has no room
   */
  public Seen of(Subject subject, Stores stores, Part<List<String>> masked) throws InterruptedException {
    turns.acquire();
    try {
      return inTurn(subject, stores, masked);
    } finally {
      turns.release();
    }
  }

  private Seen inTurn(Subject subject, Stores stores, Part<List<String>> masked) throws InterruptedException {
    Optional<StoreCoordinates> postgres = stores.of(StoreKind.POSTGRES);
    if (postgres.isEmpty()) {
      return Seen.nothing("the environment has no database");
    }
    if (!stores.keyId().equals(credentials.keyId())) {
      return Seen.nothing("its credentials were derived from a key that is not configured any more");
    }
    DatabaseLogin after = login(subject, postgres.get());
    ResourceName reference = ResourceName.reference(subject.origin().repository(), subject.origin().source(), stores.epoch());
    DatabaseLogin before = new DatabaseLogin(after.server(), reference.value(), reference.value(),
        credentials.password(reference, StoreKind.POSTGRES));
    Optional<String> closedBefore = closed(before, "the snapshot's schema");
    Optional<String> closedAfter = closed(after, "the environment's schema");
    Optional<String> closed = closedBefore.or(() -> closedAfter);
    Part<SchemaDifference> schema = closed.isPresent() ? Part.missing(closed.get())
        : guarded(before, after, subject.origin().repository());
    Part<Masking> masking = closed.isPresent() ? Part.missing(closed.get()) : switch (masked) {
      case Part.Missing<List<String>>(String why) -> Part.missing(why);
      case Part.Present<List<String>>(List<String> columns) -> masking(before, after, columns);
    };
    return new Seen(schema, masking, closedAfter.<Part<Sizes>>map(Part::missing).orElseGet(() -> sizes(after)));
  }

  /** An incarnation's database. */
  public record Database(Subject subject, Stores stores) {}

  /**
   * How the schemas of two incarnations differ.
   *
   * @throws Failure UNAVAILABLE when the server cannot be reached
   */
  public Part<SchemaDifference> between(Database one, Database other) throws InterruptedException {
    Optional<StoreCoordinates> left = one.stores().of(StoreKind.POSTGRES);
    Optional<StoreCoordinates> right = other.stores().of(StoreKind.POSTGRES);
    boolean known = one.stores().keyId().equals(credentials.keyId()) && other.stores().keyId().equals(credentials.keyId());
    if (left.isEmpty() || right.isEmpty() || !known) {
      return Part.missing("one of the two databases cannot be logged in to");
    }
    DatabaseLogin before = login(one.subject(), left.get());
    DatabaseLogin after = login(other.subject(), right.get());
    Optional<String> closedBefore = closed(before, "the schema of " + one.subject().origin().environment());
    Optional<String> closed = closedBefore.isPresent() ? closedBefore
        : closed(after, "the schema of " + other.subject().origin().environment());
    return closed.isPresent() ? Part.missing(closed.get()) : guarded(before, after, one.subject().origin().repository());
  }

  /** The names of two databases that belong to an epoch, each also its role's. */
  public record TwoSchemas(ResourceName before, ResourceName after) {}

  /**
   * How two schemas of an epoch differ.
   *
   * @param server that they are on; only its place is used
   * @throws Failure UNAVAILABLE when the server cannot be reached
   */
  public Part<SchemaDifference> ofEpoch(PostgresConfig server, RepositoryKey repository, TwoSchemas schemas) throws InterruptedException {
    DatabaseLogin before = login(server, schemas.before());
    DatabaseLogin after = login(server, schemas.after());
    Optional<String> closedBefore = closed(before, "the schema that the history makes");
    Optional<String> closed = closedBefore.isPresent() ? closedBefore : closed(after, "the snapshot's schema");
    return closed.isPresent() ? Part.missing(closed.get()) : guarded(before, after, repository);
  }

  private DatabaseLogin login(PostgresConfig server, ResourceName name) {
    return new DatabaseLogin(new DatabaseLogin.Server(server.host(), server.port()), name.value(), name.value(),
        credentials.password(name, StoreKind.POSTGRES));
  }

  private DatabaseLogin login(Subject subject, StoreCoordinates postgres) {
    ResourceName own = ResourceName.of(subject.origin().repository(), subject.origin().environment(), subject.incarnation());
    return new DatabaseLogin(new DatabaseLogin.Server(postgres.host(), postgres.port()), postgres.name(), postgres.user(),
        credentials.password(own, StoreKind.POSTGRES));
  }

  private static Optional<String> closed(DatabaseLogin login, String what) {
    try (Connection session = login.open()) {
      return session.isValid(0) ? Optional.empty() : Optional.of(what + " cannot be read");
    } catch (SQLException e) {
      if (mayPass(e)) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "The database " + login + " does not answer: " + e.getMessage(), e);
      }
      return Optional.of(what + " cannot be read (SQLSTATE " + e.getSQLState() + ")");
    }
  }

  /** The server, or its room for one more session, may be there again in a while. */
  private static boolean mayPass(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
      }
    }
    return false;
  }

  private Part<SchemaDifference> guarded(DatabaseLogin before, DatabaseLogin after, RepositoryKey repository)
      throws InterruptedException {
    FlywayConfig history = flyway.getOrDefault(repository, FlywayConfig.DEFAULT);
    try {
      return comparisons.run(() -> SchemaComparison.compare(before, after, history));
    } catch (ExecutionException e) {
      if (mayPass(e)) {
        throw new Failure(
            Failure.Kind.UNAVAILABLE, "The schemas of " + before + " and " + after + " could not be read: " + e.getMessage(), e);
      }
      LOG.warn("The schemas of {} and {} could not be compared", before, after, e);
      return Part.missing("the comparison failed: " + e.getCause());
    }
  }

  private static Part<Masking> masking(DatabaseLogin before, DatabaseLogin after, List<String> columns) {
    try {
      return Part.present(MaskedConstraints.between(before, after, columns));
    } catch (SQLException | IOException e) {
      if (mayPass(e)) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "The constraints of " + after + " could not be read: " + e.getMessage(), e);
      }
      LOG.warn("The constraints of {} could not be read", after, e);
      return Part.missing("the constraints could not be read: " + e.getMessage());
    }
  }

  private static Part<Sizes> sizes(DatabaseLogin login) {
    try {
      return Part.present(TableSizes.of(login));
    } catch (SQLException | IOException e) {
      LOG.warn("The sizes of {} could not be read", login, e);
      return Part.missing("the sizes could not be read: " + e.getMessage());
    }
  }
}
