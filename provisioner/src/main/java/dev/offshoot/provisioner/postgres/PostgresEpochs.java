package dev.offshoot.provisioner.postgres;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.store.EpochSource;
import dev.offshoot.worker.Failure;

/**
 * An epoch is a template database, written afresh from Staging's and never connected to again; its comment is the
 * moment it is of. Beside it stands the epoch's reference: the same schema without a row, which a role of the same
 * name may connect to, for tools that compare schemas. The reference is published first, so an epoch that exists has
 * one.
 */
public final class PostgresEpochs implements EpochSource {
  private static final int REFERENCE_SESSIONS = 10;

  private final PostgresConfig server;
  private final Credentials credentials;
  private final Clock clock;

  public PostgresEpochs(PostgresConfig server, Credentials credentials, Clock clock) {
    this.server = server;
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public StoreKind kind() {
    return StoreKind.POSTGRES;
  }

  @Override
  public boolean holds(StoreSnapshot part) {
    try (AdminSession session = AdminSession.open(server, AdminSession.HOME, "find")) {
      return Databases.exists(session, part.name());
    }
  }

  @Override
  public Optional<StoreSnapshot> find(RepositoryConfig repository, EpochId epoch) {
    String name = ResourceName.of(repository.key(), epoch).value();
    try (AdminSession session = AdminSession.open(server, AdminSession.HOME, "find")) {
      return Databases.comment(session, name).flatMap(PostgresEpochs::moment).map(cutAt ->
          new StoreSnapshot(StoreKind.POSTGRES, name, cutAt, Databases.bytes(session, name)));
    }
  }

  private static Optional<Instant> moment(String comment) {
    try {
      return Optional.of(Instant.parse(comment));
    } catch (DateTimeParseException notOurs) {
      return Optional.empty();
    }
  }

  @Override
  public List<EpochId> list(RepositoryConfig repository) {
    String start = ResourceName.of(repository.key(), EpochId.at(Instant.EPOCH)).value();
    String prefix = start.substring(0, start.lastIndexOf('_') + 1);
    try (AdminSession session = AdminSession.open(server, AdminSession.HOME, "list")) {
      return session.list("""
          SELECT substr(datname, length(?) + 1) FROM pg_database
          WHERE datistemplate AND starts_with(datname, ?) AND substr(datname, length(?) + 1) ~ '^e[0-9]{15}$' ORDER BY 1""",
          row -> new EpochId(row.getString(1)), prefix, prefix, prefix);
    }
  }

  @Override
  public Optional<StoreSnapshot> snapshot(RepositoryConfig repository, EpochId epoch) {
    ResourceName name = ResourceName.of(repository.key(), epoch);
    try (AdminSession session = AdminSession.workingOn(server, name.value())) {
      if (!Databases.exists(session, name.value())) {
        FaultPoint.at("postgres.doors.before");
        session.serverWide(() -> {
          ServerDoors.close(session, repository.staging().database());
          Roles.ensure(session, Roles.SNAPSHOT);
        });
        FaultPoint.at("postgres.doors.after");
        String cutAt = copyStaging(session, repository.staging().database(), name);
        makeReference(session, name, ResourceName.reference(repository.key(), epoch));
        FaultPoint.at("postgres.epoch.publish.before");
        publish(session, name, cutAt);
        FaultPoint.at("postgres.epoch.publish.after");
      }
      Instant cutAt = Databases.comment(session, name.value()).map(Instant::parse).orElseThrow();
      return Optional.of(new StoreSnapshot(StoreKind.POSTGRES, name.value(), cutAt,
          Databases.bytes(session, name.value())));
    }
  }

  private String copyStaging(AdminSession session, String staging, ResourceName name) {
    if (!Databases.exists(session, staging)) {
      throw new Failure(Failure.Kind.INVALID, "There is no database " + staging + " to take a snapshot of; "
          + "create it or correct staging.database of the repository");
    }
    String unfinished = Names.unfinished(name);
    Databases.drop(session, unfinished);
    FaultPoint.at("postgres.epoch.copy.before");
    Databases.copy(session, staging, unfinished);
    FaultPoint.at("postgres.epoch.copy.after");
    String cutAt = clock.instant().toString();
    try (AdminSession inside = AdminSession.open(server, unfinished, name.value())) {
      Ownership.normalise(inside, Roles.SNAPSHOT);
      FaultPoint.at("postgres.epoch.owned");
      inside.run("VACUUM (FREEZE, ANALYZE)");
    }
    return cutAt;
  }

  private void makeReference(AdminSession session, ResourceName epoch, ResourceName reference) {
    String role = reference.value();
    String unfinished = Names.unfinished(reference);
    Databases.drop(session, role);
    Databases.drop(session, unfinished);
    FaultPoint.at("postgres.reference.copy.before");
    Databases.copy(session, Names.unfinished(epoch), unfinished);
    FaultPoint.at("postgres.reference.copy.after");
    Roles.ensure(session, role);
    try (AdminSession inside = AdminSession.open(server, unfinished, reference.value())) {
      Reference.empty(inside);
      Reference.letIn(inside, role);
    }
    FaultPoint.at("postgres.reference.emptied");
    Roles.open(session, role, credentials.password(reference, StoreKind.POSTGRES), REFERENCE_SESSIONS);
    FaultPoint.at("postgres.reference.publish.before");
    session.runTogether(List.of(
        "GRANT CONNECT ON DATABASE " + Sql.name(unfinished) + " TO " + Sql.name(role),
        "ALTER DATABASE " + Sql.name(unfinished) + " CONNECTION LIMIT " + REFERENCE_SESSIONS,
        "ALTER DATABASE " + Sql.name(unfinished) + " RENAME TO " + Sql.name(role)));
    FaultPoint.at("postgres.reference.publish.after");
  }

  private static void publish(AdminSession session, ResourceName name, String cutAt) {
    String unfinished = Names.unfinished(name);
    session.runTogether(List.of(
        "COMMENT ON DATABASE " + Sql.name(unfinished) + " IS " + Sql.text(cutAt),
        "ALTER DATABASE " + Sql.name(unfinished) + " WITH ALLOW_CONNECTIONS false IS_TEMPLATE true",
        "ALTER DATABASE " + Sql.name(unfinished) + " RENAME TO " + Sql.name(name.value())));
  }
}
