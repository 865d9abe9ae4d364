package dev.offshoot.provisioner.postgres.snapshot;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.DatabaseShape;
import dev.offshoot.provisioner.postgres.server.DatabaseShape.Extension;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.worker.Failure;

/**
 * The empty database in which an epoch's history is run again, and the role that may do so: with the snapshot's encoding and order of texts,
 * its extensions and the schemas that the configuration names, since no role without rights could make these, and with nothing else.
 */
final class ReplayDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayDatabase.class);
  private static final int SESSIONS = 10;

  private final PostgresConfig server;
  private final Credentials credentials;

  ReplayDatabase(PostgresConfig server, Credentials credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  /**
   * Empty, whatever an earlier attempt has left. A snapshot does not fail for want of it.
   *
   * @param reference of the same epoch: what its shape is read from
   */
  void make(AdminSession session, ResourceName reference, ResourceName replay, FlywayConfig history) {
    try {
      FaultPoint.at("postgres.replay.before");
      build(session, reference, replay, history);
      FaultPoint.at("postgres.replay.after");
    } catch (Failure e) {
      if (e.kind().isTransient()) {
        throw e;
      }
      LOG.warn("Where the history of {} would be run again cannot be made; reports say that this was not checked", reference, e);
      remove(session, replay);
    }
  }

  private void build(AdminSession session, ResourceName reference, ResourceName replay, FlywayConfig history) {
    String role = replay.value();
    String unfinished = Names.unfinished(replay);
    Databases.drop(session, role);
    DatabaseShape shape = shape(reference, replay, history);
    shape.make(session, unfinished);
    Roles.ensure(session, role);
    try (AdminSession inside = AdminSession.open(server, unfinished, role)) {
      shape.prepare(inside, role);
    }
    Roles.open(session, role, credentials.password(replay, StoreKind.POSTGRES), SESSIONS);
    session.runTogether(List.of(
        "GRANT CONNECT, TEMPORARY, CREATE ON DATABASE " + Sql.name(unfinished) + " TO " + Sql.name(role),
        "ALTER DATABASE " + Sql.name(unfinished) + " CONNECTION LIMIT " + SESSIONS,
        "ALTER DATABASE " + Sql.name(unfinished) + " RENAME TO " + Sql.name(role)));
  }

  /** A schema that is neither configured nor an extension's is for the migrations to make, which an environment's role may not. */
  private DatabaseShape shape(ResourceName reference, ResourceName replay, FlywayConfig history) {
    try (AdminSession inside = AdminSession.open(server, reference.value(), replay.value())) {
      DatabaseShape whole = DatabaseShape.of(inside);
      return new DatabaseShape(whole.encoding(), whole.collate(), whole.ctype(), whole.provider(), whole.locale(),
          whole.schemas().stream().filter(schema -> isGiven(schema, whole, history)).toList(), whole.extensions());
    }
  }

  private static boolean isGiven(String schema, DatabaseShape whole, FlywayConfig history) {
    return schema.equals("public") || history.schemas().contains(schema)
        || whole.extensions().stream().map(Extension::schema).anyMatch(schema::equals);
  }

  /** With what an attempt to make it has left. */
  static void remove(AdminSession session, ResourceName replay) {
    Databases.drop(session, replay.value());
    Databases.drop(session, Names.unfinished(replay));
    FaultPoint.at("postgres.replay.dropped");
    Roles.drop(session, replay.value());
  }
}
