package dev.offshoot.provisioner.postgres.backup;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.offshoot.blob.Blobs;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.postgres.backup.ArchiveStore.Content;
import dev.offshoot.provisioner.postgres.backup.ArchiveStore.Manifest;
import dev.offshoot.provisioner.postgres.program.Dumps;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.DatabaseShape;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Fingerprint;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.worker.Failure;

/**
 * Keeps a database as a file in the blob store, and fills databases from such files.
 *
 * <p>Law: there is no receipt before what lies in the store was read again, restored into a database of its own, and found to be what it
 * was written from. Before that database is dropped the bytes are read once more.
 */
public final class PostgresArchive {
  private final PostgresConfig server;
  private final ArchiveStore store;
  private final Dumps dumps;
  private final Fingerprint fingerprint;
  private final Clock clock;

  public PostgresArchive(PostgresConfig server, Blobs blobs, Clock clock) {
    this.server = server;
    this.store = new ArchiveStore(blobs);
    this.dumps = new Dumps(server);
    this.fingerprint = new Fingerprint(server);
    this.clock = clock;
  }

  ArchiveStore store() {
    return store;
  }

  /** Whether there is a proved one of an owner's database. */
  public boolean holds(Owner owner) {
    return store.manifest(owner).isPresent();
  }

  /** The incarnations of an environment that there is a proved one of. */
  public List<Owner> list(RepositoryKey repository, EnvironmentId environment) {
    return store.list(repository, environment);
  }

  /** The receipt of an archive that is proved and whose bytes are what they were. */
  Optional<BackupReceipt> known(Owner owner) {
    return store.manifest(owner).map(Manifest::receipt).filter(receipt -> isWhole(receipt));
  }

  private boolean isWhole(BackupReceipt receipt) {
    return store.content(receipt.kept())
        .filter(content -> content.bytes() == receipt.bytes() && receipt.checksum().filter(content.checksum()::equals).isPresent())
        .isPresent();
  }

  /**
   * Archives a closed database.
   *
   * @param kept its name
   * @param before its fingerprint from before it was closed
   */
  public BackupReceipt archive(AdminSession session, Owner owner, EpochId epoch, String kept, String before) {
    String role = owner.name().value();
    String key = ArchiveStore.key(owner, before);
    DatabaseShape shape = shape(kept);
    Path folder = dumps.workspace(role);
    Path dump = folder.resolve("dump");
    asRole(session, kept, role, access -> dumps.dump(session, access, dump));
    FaultPoint.at("postgres.archive.put.before");
    Content content = store.put(key, dump);
    FaultPoint.at("postgres.archive.put.after");
    Path again = folder.resolve("again");
    Content fetched = store.fetch(key, again).orElseThrow(() -> refused(key, "is gone"));
    String scratch = Names.unfinished(owner.name());
    fill(session, scratch, role, shape, again);
    String after = inspect(session, scratch, role);
    FaultPoint.at("postgres.archive.tried");
    Databases.drop(session, scratch);
    dumps.clear(folder);
    if (!fetched.equals(content) || !after.equals(before)) {
      throw refused(key, "restores what has the fingerprint " + after + " instead of " + before);
    }
    BackupReceipt receipt = new BackupReceipt(StoreKind.POSTGRES, owner.incarnation(), key, content.bytes(), before,
        "restored into a database of its own as an ordinary role, rows counted and hashed table by table", clock.instant(),
        Optional.of(Keeping.archived(epoch, Optional.of(content.checksum()))));
    FaultPoint.at("postgres.archive.receipt.before");
    store.publish(new Manifest(owner, receipt, shape));
    FaultPoint.at("postgres.archive.receipt.after");
    return receipt;
  }

  private static Failure refused(String key, String why) {
    return new Failure(Failure.Kind.INVALID, "The archive " + key + " " + why + "; nothing is removed. Ask again, and it is written anew");
  }

  private DatabaseShape shape(String database) {
    try (AdminSession inside = AdminSession.open(server, database, "shape")) {
      return DatabaseShape.of(inside);
    }
  }

  /** Before a removal: what the receipt names must be there, byte by byte. */
  public void refuseUnlessKept(Owner owner, BackupReceipt receipt) {
    boolean ours = receipt.incarnation().equals(owner.incarnation())
        && store.manifest(owner).filter(manifest -> manifest.receipt().isOfTheSame(receipt)).isPresent();
    if (!ours) {
      throw new Failure(Failure.Kind.INVALID, "The database of " + owner + " is not removed: there is no verified archive of it");
    }
    if (!isWhole(receipt)) {
      throw new Failure(Failure.Kind.INVALID, "The database of " + owner + " is not removed: the blob " + receipt.kept()
          + " is missing or not what was written (SHA-256 " + receipt.checksum().orElse("unknown")
          + "). Put back what was written, then destroy the environment again");
    }
  }

  /** Fills a new database, which nobody else can connect to, from an archive; it has the content that the receipt tells of. */
  void restore(AdminSession session, Owner from, String database, String role) {
    Manifest manifest = store.manifest(from)
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The archive of " + from + " is gone: it can't be restored"));
    BackupReceipt receipt = manifest.receipt();
    Path folder = dumps.workspace(role);
    Path file = folder.resolve("dump");
    boolean whole = store.fetch(receipt.kept(), file)
        .filter(content -> receipt.checksum().filter(content.checksum()::equals).isPresent()).isPresent();
    if (!whole) {
      throw new Failure(Failure.Kind.INVALID, "The blob " + receipt.kept() + " is missing or not what was written: it can't be restored");
    }
    fill(session, database, role, manifest.shape(), file);
    dumps.clear(folder);
  }

  private void fill(AdminSession session, String database, String role, DatabaseShape shape, Path file) {
    shape.make(session, database);
    try (AdminSession inside = AdminSession.open(server, database, role)) {
      shape.prepare(inside, role);
    }
    letIn(session, database, role);
    asRole(session, database, role, access -> dumps.restore(session, access, file));
  }

  /** The fingerprint of a database that its role is not let into otherwise. */
  String inspect(AdminSession session, String database, String role) {
    letIn(session, database, role);
    return fingerprint.of(session, database, role);
  }

  private static void letIn(AdminSession session, String database, String role) {
    session.run("GRANT CONNECT, TEMPORARY ON DATABASE " + Sql.name(database) + " TO " + Sql.name(role),
        "ALTER DATABASE " + Sql.name(database) + " CONNECTION LIMIT 2");
  }

  /** With a password that nobody else knows. */
  private static void asRole(AdminSession session, String database, String role, Work work) {
    var password = Fingerprint.passwordForUs();
    session.password(role, password);
    session.run("ALTER ROLE " + Sql.name(role) + " RESET ALL", "ALTER ROLE " + Sql.name(role) + " LOGIN");
    Roles.letReadAll(session, role);
    try {
      Databases.endSessions(session, database);
      work.as(new Dumps.Access(database, role, password));
    } finally {
      Roles.endReadingAll(session, role);
    }
  }

  @FunctionalInterface
  private interface Work {
    void as(Dumps.Access access);
  }
}
