package dev.offshoot.provisioner.postgres.backup;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.worker.Failure;

/** Makes an incarnation's database from what was kept of another; that stays kept. Published like a clone. */
public final class PostgresRestores {
  private final AdminSessions sessions;
  private final PostgresConfig server;
  private final Credentials credentials;
  private final PostgresArchive archive;
  private final PostgresRetention retention;

  public PostgresRestores(AdminSessions sessions, Credentials credentials, PostgresArchive archive, PostgresRetention retention) {
    this.sessions = sessions;
    this.server = sessions.server();
    this.credentials = credentials;
    this.archive = archive;
    this.retention = retention;
  }

  public StoreCoordinates ensure(Blueprint blueprint, BackupReceipt receipt) {
    String name = blueprint.name().value();
    try (AdminSession session = sessions.workingOn(name)) {
      Optional<String> standing = Databases.comment(session, name);
      standing.ifPresent(comment -> Databases.refuseUnlessOurs(blueprint, comment));
      if (Databases.exists(session, Names.kept(blueprint.name()))) {
        throw new Failure(Failure.Kind.INVALID, "The database " + name + " was destroyed and kept: it is not made again");
      }
      Roles.ensure(session, name);
      if (standing.isEmpty()) {
        make(session, blueprint, receipt);
      }
      FaultPoint.at("postgres.restored.login.before");
      Roles.open(session, name, credentials.password(blueprint.name(), StoreKind.POSTGRES), server.limits().connections());
      FaultPoint.at("postgres.restored.login.after");
    }
    return new StoreCoordinates(StoreKind.POSTGRES, server.host(), server.port(), name, name);
  }

  private void make(AdminSession session, Blueprint blueprint, BackupReceipt receipt) {
    Owner owner = blueprint.tag().owner();
    Owner from = new Owner(owner.repository(), owner.environment(), receipt.incarnation());
    String name = blueprint.name().value();
    String unfinished = Names.unfinished(blueprint.name());
    Databases.drop(session, unfinished);
    FaultPoint.at("postgres.restored.before");
    switch (receipt.method()) {
      case RETAINED -> retention.copy(session, from, receipt, unfinished, name);
      case ARCHIVED -> archive.restore(session, from, unfinished, name);
    }
    FaultPoint.at("postgres.restored.after");
    String content = archive.inspect(session, unfinished, name);
    if (!content.equals(receipt.fingerprint())) {
      Databases.drop(session, unfinished);
      throw new Failure(Failure.Kind.INVALID, "What was restored from " + receipt.kept() + " has the fingerprint " + content
          + " instead of " + receipt.fingerprint() + ": it is not what was kept, and is not used");
    }
    FaultPoint.at("postgres.restored.publish.before");
    session.runTogether(List.of(
        "COMMENT ON DATABASE " + Sql.name(unfinished) + " IS " + Sql.text(blueprint.tag().toJson().toString()),
        "ALTER DATABASE " + Sql.name(unfinished) + " CONNECTION LIMIT " + server.limits().connections(),
        "ALTER DATABASE " + Sql.name(unfinished) + " RENAME TO " + Sql.name(name)));
    FaultPoint.at("postgres.restored.publish.after");
  }
}
