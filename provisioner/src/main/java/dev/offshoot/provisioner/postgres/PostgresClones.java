package dev.offshoot.provisioner.postgres;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.pool.ClaimCounts;
import dev.offshoot.provisioner.postgres.pool.Drills;
import dev.offshoot.provisioner.postgres.pool.SlotClaim;
import dev.offshoot.provisioner.postgres.pool.SlotMaking;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

/**
 * Makes environments' databases: taken from the pool, or under a temporary name that nobody can connect to. Either is
 * published by a rename in the transaction that tags it and lets its role in. So a database under its own name is a
 * finished one.
 */
public final class PostgresClones {
  private final AdminSessions sessions;
  private final PostgresConfig server;
  private final Credentials credentials;
  private final SlotClaim pool;
  private final SlotMaking making;
  private final ClaimCounts counts;

  public PostgresClones(AdminSessions sessions, Credentials credentials, ClaimCounts counts) {
    this.sessions = sessions;
    this.server = sessions.server();
    this.credentials = credentials;
    this.pool = new SlotClaim(server);
    this.making = new SlotMaking(server);
    this.counts = counts;
  }

  public Store.Ensured ensure(Blueprint blueprint) {
    String name = blueprint.name().value();
    StoreSnapshot template = blueprint.snapshot()
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The epoch " + blueprint.tag().epoch()
            + " has no database"));
    try (AdminSession session = sessions.workingOn(name)) {
      Optional<String> standing = Databases.comment(session, name);
      standing.ifPresent(comment -> Databases.refuseUnlessOurs(blueprint, comment));
      if (Databases.exists(session, Names.kept(blueprint.name()))) {
        throw new Failure(Failure.Kind.INVALID, "The database " + name + " was destroyed and kept: it is not made again");
      }
      Optional<RestoreDrill> drill = standing.isPresent() ? standing.flatMap(Drills::noted)
          : Optional.of(make(session, blueprint, template));
      FaultPoint.at("postgres.login.before");
      if (standing.isPresent() || drill.filter(RestoreDrill::warm).isEmpty()) {
        Roles.ensure(session, name);
        Roles.open(session, name, password(blueprint), server.limits().connections());
      }
      FaultPoint.at("postgres.login.after");
      return new Store.Ensured(new StoreCoordinates(StoreKind.POSTGRES, server.host(), server.port(), name, name), drill);
    }
  }

  private Secret password(Blueprint blueprint) {
    return credentials.password(blueprint.name(), StoreKind.POSTGRES);
  }

  private RestoreDrill make(AdminSession session, Blueprint blueprint, StoreSnapshot template) {
    Optional<RestoreDrill> warm = server.cloning().pool().max() == 0 ? Optional.empty()
        : pool.claim(session, blueprint.tag(), template, password(blueprint));
    return warm.map(counts::warm).orElseGet(() -> counts.cold(template.name(), () -> makeCold(session, blueprint, template)));
  }

  private RestoreDrill makeCold(AdminSession session, Blueprint blueprint, StoreSnapshot template) {
    String name = blueprint.name().value();
    String unfinished = Names.unfinished(blueprint.name());
    Databases.drop(session, unfinished);
    if (!Databases.exists(session, template.name())) {
      throw new Failure(Failure.Kind.INVALID, "The template database " + template.name()
          + " is gone; take a new snapshot");
    }
    FaultPoint.at("postgres.role.before");
    Roles.ensure(session, name);
    FaultPoint.at("postgres.role.after");
    RestoreDrill drill = making.copy(session, template, new Drills.Clone(unfinished, name, false));
    FaultPoint.at("postgres.publish.before");
    session.runTogether(List.of(
        "COMMENT ON DATABASE " + Sql.name(unfinished) + " IS "
            + Sql.text(Drills.note(blueprint.tag().toJson(), drill).toString()),
        "GRANT CONNECT, TEMPORARY ON DATABASE " + Sql.name(unfinished) + " TO " + Sql.name(name),
        "ALTER DATABASE " + Sql.name(unfinished) + " CONNECTION LIMIT " + server.limits().connections(),
        "ALTER DATABASE " + Sql.name(unfinished) + " RENAME TO " + Sql.name(name)));
    FaultPoint.at("postgres.publish.after");
    return drill;
  }
}
