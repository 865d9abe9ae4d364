package dev.offshoot.provisioner.postgres;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Failure;

/**
 * Makes environments' databases: under a temporary name that nobody can connect to, published by a rename in the
 * transaction that tags it and lets its role in. So a database under its own name is a finished one.
 */
final class PostgresClones {
  private final PostgresConfig server;
  private final Credentials credentials;

  PostgresClones(PostgresConfig server, Credentials credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  StoreCoordinates ensure(Blueprint blueprint) {
    String name = blueprint.name().value();
    StoreSnapshot template = blueprint.snapshot()
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The epoch " + blueprint.tag().epoch()
            + " has no database"));
    try (AdminSession session = AdminSession.workingOn(server, name)) {
      Optional<String> standing = Databases.comment(session, name);
      standing.ifPresent(comment -> refuseUnlessOurs(blueprint, comment));
      if (Databases.exists(session, Names.kept(blueprint.name()))) {
        throw new Failure(Failure.Kind.INVALID, "The database " + name + " was destroyed and kept: it is not made again");
      }
      FaultPoint.at("postgres.role.before");
      Roles.ensure(session, name);
      FaultPoint.at("postgres.role.after");
      if (standing.isEmpty()) {
        make(session, blueprint, template);
      }
      Secret password = credentials.password(blueprint.name(), StoreKind.POSTGRES);
      FaultPoint.at("postgres.login.before");
      Roles.open(session, name, password, server.connectionLimit());
      FaultPoint.at("postgres.login.after");
    }
    return new StoreCoordinates(StoreKind.POSTGRES, server.host(), server.port(), name, name);
  }

  static void refuseUnlessOurs(Blueprint blueprint, String comment) {
    if (OwnerTag.parse(comment).filter(blueprint.tag()::equals).isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "A database " + blueprint.name()
          + " stands already and was not made by this intent; "
          + "look what it is, then rename or drop it");
    }
  }

  private void make(AdminSession session, Blueprint blueprint, StoreSnapshot template) {
    String name = blueprint.name().value();
    String unfinished = Names.unfinished(blueprint.name());
    Databases.drop(session, unfinished);
    if (!Databases.exists(session, template.name())) {
      throw new Failure(Failure.Kind.INVALID, "The template database " + template.name()
          + " is gone; take a new snapshot");
    }
    FaultPoint.at("postgres.clone.before");
    Databases.copy(session, template.name(), unfinished);
    FaultPoint.at("postgres.clone.after");
    try (AdminSession inside = AdminSession.open(server, unfinished, name)) {
      inside.run("REASSIGN OWNED BY " + Sql.name(Roles.SNAPSHOT) + " TO " + Sql.name(name));
    }
    FaultPoint.at("postgres.publish.before");
    session.runTogether(List.of(
        "COMMENT ON DATABASE " + Sql.name(unfinished) + " IS " + Sql.text(blueprint.tag().toJson().toString()),
        "GRANT CONNECT, TEMPORARY ON DATABASE " + Sql.name(unfinished) + " TO " + Sql.name(name),
        "ALTER DATABASE " + Sql.name(unfinished) + " CONNECTION LIMIT " + server.connectionLimit(),
        "ALTER DATABASE " + Sql.name(unfinished) + " RENAME TO " + Sql.name(name)));
    FaultPoint.at("postgres.publish.after");
  }
}
