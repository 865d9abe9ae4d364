package dev.offshoot.provisioner.postgres.backup;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.BackupMethod;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.postgres.backup.ArchiveStore.Manifest;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Fingerprint;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Ownership;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Failure;

/**
 * Keeps a database by renaming it. What was in it before and after is compared; the fingerprint from before stands in
 * its comment, so that a killed attempt is carried on with.
 */
public final class PostgresRetention {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FINGERPRINT = "fingerprint";
  private static final String VERIFIED = "verified";

  private final AdminSessions sessions;
  private final PostgresConfig server;
  private final PostgresArchive archive;
  private final Fingerprint fingerprint;
  private final Clock clock;

  public PostgresRetention(AdminSessions sessions, PostgresArchive archive, Clock clock) {
    this.sessions = sessions;
    this.server = sessions.server();
    this.archive = archive;
    this.fingerprint = new Fingerprint(server);
    this.clock = clock;
  }

  /** Closes the database, and keeps it as the configuration says; as it was begun to be kept, where that was proved already. */
  public Optional<BackupReceipt> keep(Owner owner) {
    String name = owner.name().value();
    String kept = Names.kept(owner.name());
    try (AdminSession session = sessions.workingOn(name)) {
      Optional<String> standing = Databases.comment(session, name);
      if (standing.isPresent()) {
        renameAway(session, owner, tagOf(owner, name, standing.get()));
      }
      Optional<String> comment = Databases.comment(session, kept);
      if (comment.isEmpty()) {
        return archive.store().manifest(owner).map(Manifest::receipt);
      }
      return Optional.of(isArchived(comment.get()) ? archived(session, owner, comment.get()) : verified(session, owner, comment.get()));
    }
  }

  private boolean isArchived(String comment) {
    return switch (server.backup()) {
      case RETAIN -> false;
      case ARCHIVE -> !json(comment).has(VERIFIED);
    };
  }

  private BackupReceipt archived(AdminSession session, Owner owner, String comment) {
    String kept = Names.kept(owner.name());
    OwnerTag tag = tagOf(owner, kept, comment);
    String before = json(comment).path(FINGERPRINT).asText();
    return archive.known(owner).filter(receipt -> receipt.fingerprint().equals(before))
        .orElseGet(() -> archive.archive(session, owner, tag.epoch(), kept, before));
  }

  /** A copy of a kept database that nobody can connect to, whose content is another role's. */
  void copy(AdminSession session, Owner owner, BackupReceipt receipt, String database, String role) {
    String kept = Names.kept(owner.name());
    boolean there = receipt.kept().equals(kept) && Databases.comment(session, kept).flatMap(OwnerTag::parse)
        .filter(tag -> tag.owner().equals(owner)).isPresent();
    if (!there) {
      throw new Failure(Failure.Kind.INVALID, "The kept database " + receipt.kept() + " is gone: it can't be restored");
    }
    Databases.copy(session, kept, database);
    try (AdminSession inside = AdminSession.open(server, database, role)) {
      Ownership.handOver(inside, owner.name().value(), role);
      inside.run("DROP OWNED BY " + Sql.name(owner.name().value()));
    }
  }

  /** Before a removal: what the receipt names must be there and have passed the proof. */
  public void refuseUnlessKept(AdminSession session, Owner owner, BackupReceipt receipt) {
    boolean gone = !Databases.exists(session, owner.name().value()) && !Databases.exists(session, Names.kept(owner.name()));
    if (receipt.method() == BackupMethod.ARCHIVED && receipt.kind() == StoreKind.POSTGRES && !gone) {
      if (Databases.exists(session, owner.name().value())) {
        throw unkept(owner);
      }
      archive.refuseUnlessKept(owner, receipt);
      return;
    }
    if (receipt.method() == BackupMethod.ARCHIVED && gone) {
      return;
    }
    boolean holds = receipt.kind() == StoreKind.POSTGRES
        && receipt.incarnation().equals(owner.incarnation())
        && receipt.kept().equals(Names.kept(owner.name()))
        && !Databases.exists(session, owner.name().value())
        && Databases.comment(session, receipt.kept())
            .map(PostgresRetention::json)
            .filter(json -> json.has(VERIFIED) && json.path(FINGERPRINT).asText().equals(receipt.fingerprint()))
            .isPresent();
    if (!holds) {
      throw unkept(owner);
    }
  }

  private static Failure unkept(Owner owner) {
    return new Failure(Failure.Kind.INVALID, "The database of " + owner + " is not removed: there is no verified backup of it");
  }

  /** After {@link #refuseUnlessKept}: what an archive was made from is not needed any more. */
  public void dropWhatIsArchived(AdminSession session, Owner owner, BackupReceipt receipt) {
    if (receipt.method() == BackupMethod.ARCHIVED) {
      FaultPoint.at("postgres.archived.drop.before");
      Databases.drop(session, Names.kept(owner.name()));
      FaultPoint.at("postgres.archived.drop.after");
    }
  }

  /** Once its retention is over: drops what a receipt names, and the role that owned what was in it. */
  public void drop(AdminSession session, Owner owner, BackupReceipt receipt) {
    if (receipt.method() == BackupMethod.ARCHIVED) {
      FaultPoint.at("postgres.archive.remove.before");
      archive.store().remove(owner);
      FaultPoint.at("postgres.archive.remove.after");
      return;
    }
    String kept = Names.kept(owner.name());
    if (!receipt.kept().equals(kept)) {
      throw new Failure(Failure.Kind.INVALID, "The receipt names " + receipt.kept() + ", which is not the kept database of "
          + owner + ": it is left alone");
    }
    Databases.comment(session, kept).ifPresent(comment -> tagOf(owner, kept, comment));
    FaultPoint.at("postgres.kept.drop.before");
    Databases.drop(session, kept);
    FaultPoint.at("postgres.kept.drop.after");
  }

  private static OwnerTag tagOf(Owner owner, String database, String comment) {
    return OwnerTag.parse(comment)
        .filter(tag -> tag.owner().equals(owner))
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The database " + database
            + " is not tagged as ours: it is left alone"));
  }

  private void renameAway(AdminSession session, Owner owner, OwnerTag tag) {
    String name = owner.name().value();
    String kept = Names.kept(owner.name());
    if (Databases.exists(session, kept)) {
      throw new Failure(Failure.Kind.INVALID, "A database " + kept + " is kept already; rename it, then try again");
    }
    FaultPoint.at("postgres.fingerprint.before");
    String before = fingerprint.of(session, name, name);
    FaultPoint.at("postgres.fingerprint.after");
    String comment = tag.toJson().put(FINGERPRINT, before).toString();
    session.runTogether(List.of(
        "COMMENT ON DATABASE " + Sql.name(name) + " IS " + Sql.text(comment),
        "ALTER DATABASE " + Sql.name(name) + " RENAME TO " + Sql.name(kept)));
    FaultPoint.at("postgres.retain.renamed");
  }

  private BackupReceipt verified(AdminSession session, Owner owner, String comment) {
    String role = owner.name().value();
    String kept = Names.kept(owner.name());
    OwnerTag tag = tagOf(owner, kept, comment);
    String before = json(comment).path(FINGERPRINT).asText();
    Instant at = json(comment).has(VERIFIED) ? Instant.parse(json(comment).path(VERIFIED).asText()) : clock.instant();
    if (!json(comment).has(VERIFIED)) {
      String after = fingerprint.of(session, kept, role);
      if (!after.equals(before)) {
        throw new Failure(Failure.Kind.INVALID, "The database " + kept + " is not what " + role + " was: fingerprint "
            + after
            + " instead of " + before + "; nothing is removed");
      }
      FaultPoint.at("postgres.verify.before");
      session.runTogether(List.of(
          "COMMENT ON DATABASE " + Sql.name(kept) + " IS "
              + Sql.text(tag.toJson().put(FINGERPRINT, before).put(VERIFIED, at.toString()).toString()),
          "REVOKE CONNECT, TEMPORARY ON DATABASE " + Sql.name(kept) + " FROM " + Sql.name(role),
          "ALTER DATABASE " + Sql.name(kept) + " CONNECTION LIMIT 0",
          "ALTER ROLE " + Sql.name(role) + " NOLOGIN"));
      FaultPoint.at("postgres.verify.after");
    }
    return new BackupReceipt(StoreKind.POSTGRES, owner.incarnation(), kept, Databases.bytes(session, kept), before,
        "rows counted and hashed table by table before and after the rename", at,
        Optional.of(Keeping.retained(tag.epoch())));
  }

  private static JsonNode json(String comment) {
    try {
      return JSON.readTree(comment);
    } catch (JsonProcessingException e) {
      throw new Failure(Failure.Kind.INVALID, "The comment of a kept database is not ours any more: "
          + e.getOriginalMessage(), e);
    }
  }
}
