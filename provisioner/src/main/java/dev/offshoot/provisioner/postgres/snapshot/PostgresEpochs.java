package dev.offshoot.provisioner.postgres.snapshot;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.ServerDoors;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.provisioner.store.EpochSource;
import dev.offshoot.provisioner.store.Original;
import dev.offshoot.worker.Failure;

/**
 * An epoch is a template database, written afresh from Staging's and never connected to again; its comment is what is
 * recorded of it. Beside it stands the epoch's reference: the same schema without a row, which a role of the same
 * name may connect to, for tools that compare schemas. The reference is published first, so an epoch that exists has
 * one. An empty database stands there too, in which the epoch's own history is run again.
 */
public final class PostgresEpochs implements EpochSource {
  private final AdminSessions sessions;
  private final TemplateWriting writing;
  private final EpochReference reference;
  private final ReplayDatabase replay;
  private final CloneTrials trials;

  /** Logs in for each call. */
  public PostgresEpochs(PostgresConfig server, Credentials credentials, Clock clock) {
    this(AdminSessions.each(server), credentials, clock);
  }

  public PostgresEpochs(AdminSessions sessions, Credentials credentials, Clock clock) {
    this.sessions = sessions;
    this.writing = new TemplateWriting(sessions.server(), credentials, clock);
    this.reference = new EpochReference(sessions.server(), credentials);
    this.replay = new ReplayDatabase(sessions.server(), credentials);
    this.trials = new CloneTrials(sessions.server());
  }

  @Override
  public StoreKind kind() {
    return StoreKind.POSTGRES;
  }

  @Override
  public boolean holds(StoreSnapshot part) {
    try (AdminSession session = sessions.open("find")) {
      return Databases.exists(session, part.name());
    }
  }

  @Override
  public Optional<StoreSnapshot> find(Original original, EpochId epoch) {
    try (AdminSession session = sessions.open("find")) {
      return read(session, original.name(epoch));
    }
  }

  private static Optional<StoreSnapshot> read(AdminSession session, ResourceName name) {
    return Databases.comment(session, name.value()).flatMap(comment -> EpochComment.read(name.value(), comment))
        .map(part -> part.sized(Databases.bytes(session, name.value())));
  }

  @Override
  public List<EpochId> list(Original original) {
    try (AdminSession session = sessions.open("list")) {
      return list(session, original);
    }
  }

  /** Oldest first. */
  public static List<EpochId> list(AdminSession session, Original original) {
    String prefix = original.prefix();
    return session.list("""
        SELECT substr(datname, length(?) + 1) FROM pg_database
        WHERE datistemplate AND starts_with(datname, ?) AND substr(datname, length(?) + 1) ~ '^e[0-9]{15}$'
        ORDER BY datname::text COLLATE "C\"""",
        row -> new EpochId(row.getString(1)), prefix, prefix, prefix);
  }

  @Override
  public Optional<StoreSnapshot> snapshot(Original original, EpochId epoch) {
    ResourceName name = original.name(epoch);
    try (AdminSession session = sessions.workingOn(name.value())) {
      if (!Databases.exists(session, name.value())) {
        FaultPoint.at("postgres.doors.before");
        session.serverWide(() -> {
          ServerDoors.close(session, here(original) ? original.stores().database() : AdminSession.HOME);
          Roles.ensure(session, Roles.SNAPSHOT);
        });
        FaultPoint.at("postgres.doors.after");
        StoreSnapshot part = writing.write(session, original, name);
        reference.make(session, name, original.reference(epoch), original.history());
        replay.make(session, original.reference(epoch), original.replay(epoch), original.history());
        StoreSnapshot measured = part.cloned(trials.measure(session, Names.unfinished(name)));
        FaultPoint.at("postgres.epoch.publish.before");
        publish(session, name, measured);
        FaultPoint.at("postgres.epoch.publish.after");
      }
      return Optional.of(read(session, name).orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The database " + name
          + " stands already and is no snapshot of ours; look what it is, then rename or drop it")));
    }
  }

  @Override
  public void retire(Original original, EpochId epoch) {
    ResourceName name = original.name(epoch);
    try (AdminSession session = sessions.workingOn(name.value())) {
      Optional<String> comment = Databases.comment(session, name.value());
      if (comment.isPresent() && comment.flatMap(text -> EpochComment.read(name.value(), text)).isEmpty()) {
        throw new Failure(Failure.Kind.INVALID, "The database " + name + " is no snapshot of ours: it is left alone");
      }
      FaultPoint.at("postgres.epoch.retire.before");
      Databases.drop(session, name.value());
      Databases.drop(session, Names.unfinished(name));
      FaultPoint.at("postgres.epoch.retire.dropped");
      EpochReference.remove(session, original.reference(epoch));
      ReplayDatabase.remove(session, original.replay(epoch));
      FaultPoint.at("postgres.epoch.retire.after");
    }
  }

  /** A database of that name here is somebody else's where the original's is on another server. */
  private static boolean here(Original original) {
    return original.stores().snapshots().server().isEmpty();
  }

  private static void publish(AdminSession session, ResourceName name, StoreSnapshot part) {
    String unfinished = Names.unfinished(name);
    session.runTogether(List.of(
        "COMMENT ON DATABASE " + Sql.name(unfinished) + " IS " + Sql.text(EpochComment.write(part)),
        "ALTER DATABASE " + Sql.name(unfinished) + " WITH ALLOW_CONNECTIONS false IS_TEMPLATE true",
        "ALTER DATABASE " + Sql.name(unfinished) + " RENAME TO " + Sql.name(name.value())));
  }
}
