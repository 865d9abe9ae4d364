package dev.offshoot.provisioner.postgres;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.offshoot.blob.Blobs;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.pool.ClaimCounts;
import dev.offshoot.provisioner.postgres.backup.PostgresArchive;
import dev.offshoot.provisioner.postgres.backup.PostgresRestores;
import dev.offshoot.provisioner.postgres.backup.PostgresRetention;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Found.Condition;
import dev.offshoot.provisioner.store.Inventory;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

/**
 * A database and a role per environment, both of the resource's name. The database belongs to the administrator, what
 * is in it to the role. Its comment is the owner tag.
 */
public final class PostgresStore implements Store, Inventory {
  private final AdminSessions sessions;
  private final PostgresClones clones;
  private final PostgresArchive archive;
  private final PostgresRetention retention;
  private final PostgresRestores restores;

  /**
   * Takes what stands ready in the pool, which nobody fills; logs in for each call.
   *
   * @param blobs where archives are
   */
  public PostgresStore(PostgresConfig server, Credentials credentials, Blobs blobs, Clock clock) {
    this(AdminSessions.each(server), credentials, blobs, clock, new ClaimCounts(StoreKind.POSTGRES));
  }

  /** @param counts of the pool, which hears what was taken from it */
  public PostgresStore(AdminSessions sessions, Credentials credentials, Blobs blobs, Clock clock, ClaimCounts counts) {
    this.sessions = sessions;
    this.clones = new PostgresClones(sessions, credentials, counts);
    this.archive = new PostgresArchive(sessions.server(), blobs, clock);
    this.retention = new PostgresRetention(sessions, archive, clock);
    this.restores = new PostgresRestores(sessions, credentials, archive, retention);
  }

  @Override
  public StoreKind kind() {
    return StoreKind.POSTGRES;
  }

  @Override
  public Optional<Standing> find(Owner owner) {
    String name = owner.name().value();
    try (AdminSession session = sessions.open("find")) {
      return Databases.comment(session, name)
          .flatMap(OwnerTag::parse)
          .filter(tag -> tag.owner().equals(owner))
          .map(tag -> new Standing(tag, Databases.sessions(session, name)));
    }
  }

  @Override
  public StoreCoordinates ensure(Blueprint blueprint) {
    return ensured(blueprint).coordinates();
  }

  @Override
  public Ensured ensured(Blueprint blueprint) {
    if (archive.holds(blueprint.tag().owner())) {
      throw new Failure(Failure.Kind.INVALID, "The database of " + blueprint.tag().owner()
          + " was destroyed and archived: it is not made again");
    }
    return switch (blueprint.from()) {
      case Blueprint.Source.Backup(BackupReceipt receipt) -> new Ensured(restores.ensure(blueprint, receipt), Optional.empty());
      case Blueprint.Source.Empty _, Blueprint.Source.Snapshot _ -> clones.ensure(blueprint);
    };
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    return retention.keep(owner);
  }

  @Override
  public void delete(Owner owner, Removal removal) {
    String name = owner.name().value();
    try (AdminSession session = sessions.workingOn(name)) {
      if (removal instanceof Removal.Expired(BackupReceipt receipt)) {
        retention.drop(session, owner, receipt);
        Roles.drop(session, name);
        return;
      }
      check(session, owner, removal);
      FaultPoint.at("postgres.delete.before");
      switch (removal) {
        case Removal.Kept(BackupReceipt receipt) -> {
          retention.dropWhatIsArchived(session, owner, receipt);
          Roles.close(session, name);
        }
        case Removal.NeverUsable() -> Databases.drop(session, name);
        case Removal.Expired _ -> throw new IllegalStateException("dealt with above");
      }
      Databases.drop(session, Names.unfinished(owner.name()));
      FaultPoint.at("postgres.role.drop.before");
      Roles.drop(session, name);
      FaultPoint.at("postgres.delete.after");
    }
  }

  @Override
  public void check(Owner owner, Removal removal) {
    try (AdminSession session = sessions.open("check")) {
      check(session, owner, removal);
    }
  }

  private void check(AdminSession session, Owner owner, Removal removal) {
    Optional<String> standing = Databases.comment(session, owner.name().value());
    if (!(removal instanceof Removal.Expired) && standing.isPresent()
        && standing.flatMap(OwnerTag::parse).filter(tag -> tag.owner().equals(owner)).isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "The database " + owner.name() + " is not tagged as ours: it is left alone");
    }
    if (removal instanceof Removal.Kept(BackupReceipt receipt)) {
      retention.refuseUnlessKept(session, owner, receipt);
    }
  }

  @Override
  public List<Found> list(RepositoryKey repository, EnvironmentId environment) {
    String part = ResourceName.mark(environment);
    List<Found> found = new ArrayList<>();
    try (AdminSession session = sessions.open("list")) {
      List<String> databases = session.list(
          "SELECT datname FROM pg_database WHERE strpos(datname, ?) > 0 ORDER BY 1", row -> row.getString(1), part);
      List<String> roles = session.list(
          "SELECT rolname FROM pg_roles WHERE strpos(rolname, ?) > 0 ORDER BY 1", row -> row.getString(1), part);
      for (String database : databases) {
        condition(database, repository, environment).ifPresent(found::add);
      }
      for (String role : roles) {
        Owner.named(role, repository, environment)
            .filter(owner -> found.stream().noneMatch(f -> f.owner().equals(owner)))
            .ifPresent(owner -> found.add(new Found(owner, Condition.UNFINISHED)));
      }
    }
    archive.list(repository, environment).forEach(owner -> found.add(new Found(owner, Condition.KEPT)));
    return Found.onePerOwner(found);
  }

  @Override
  public List<Found> all() {
    try (AdminSession session = sessions.open("list")) {
      return session.list("""
          SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database
          WHERE shobj_description(oid, 'pg_database') IS NOT NULL ORDER BY 1""",
          row -> tagged(row.getString(1), row.getString(2)))
          .stream().flatMap(Optional::stream).toList();
    }
  }

  private static Optional<Found> tagged(String database, String comment) {
    return OwnerTag.parse(comment).map(OwnerTag::owner)
        .flatMap(owner -> condition(database, owner.repository(), owner.environment()));
  }

  private static Optional<Found> condition(String database, RepositoryKey repository, EnvironmentId environment) {
    return Owner.endingLike(database, repository, environment).flatMap(owner -> {
      if (database.equals(owner.name().value())) {
        return Optional.of(new Found(owner, Condition.STANDING));
      }
      if (database.equals(Names.unfinished(owner.name()))) {
        return Optional.of(new Found(owner, Condition.UNFINISHED));
      }
      return database.equals(Names.kept(owner.name())) ? Optional.of(new Found(owner, Condition.KEPT))
          : Optional.empty();
    });
  }
}
