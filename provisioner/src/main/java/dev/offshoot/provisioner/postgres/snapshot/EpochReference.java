package dev.offshoot.provisioner.postgres.snapshot;

import java.util.List;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;

/** The database with an epoch's schema and none of its rows, and the role that may look at it. */
final class EpochReference {
  private static final int SESSIONS = 10;

  private final PostgresConfig server;
  private final Credentials credentials;

  EpochReference(PostgresConfig server, Credentials credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  /**
   * From the epoch's template, which is shaped and not yet published.
   *
   * @param history whose rows stay, and may be read
   */
  void make(AdminSession session, ResourceName epoch, ResourceName reference, FlywayConfig history) {
    String role = reference.value();
    String unfinished = Names.unfinished(reference);
    Databases.drop(session, role);
    Databases.drop(session, unfinished);
    FaultPoint.at("postgres.reference.copy.before");
    Databases.copy(session, Names.unfinished(epoch), unfinished);
    FaultPoint.at("postgres.reference.copy.after");
    Roles.ensure(session, role);
    try (AdminSession inside = AdminSession.open(server, unfinished, reference.value())) {
      Reference.empty(inside, history);
      Reference.letIn(inside, role);
      Reference.letRead(inside, history, role);
    }
    FaultPoint.at("postgres.reference.emptied");
    Roles.open(session, role, credentials.password(reference, StoreKind.POSTGRES), SESSIONS);
    FaultPoint.at("postgres.reference.publish.before");
    session.runTogether(List.of(
        "GRANT CONNECT ON DATABASE " + Sql.name(unfinished) + " TO " + Sql.name(role),
        "ALTER DATABASE " + Sql.name(unfinished) + " CONNECTION LIMIT " + SESSIONS,
        "ALTER DATABASE " + Sql.name(unfinished) + " RENAME TO " + Sql.name(role)));
    FaultPoint.at("postgres.reference.publish.after");
  }

  /** With what an attempt to make it has left. */
  static void remove(AdminSession session, ResourceName reference) {
    Databases.drop(session, reference.value());
    Databases.drop(session, Names.unfinished(reference));
    FaultPoint.at("postgres.reference.dropped");
    Roles.drop(session, reference.value());
  }
}
