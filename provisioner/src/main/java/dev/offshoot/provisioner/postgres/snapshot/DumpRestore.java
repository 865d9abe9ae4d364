package dev.offshoot.provisioner.postgres.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.process.OwnerOnly;
import dev.offshoot.provisioner.postgres.program.PostgresBinaries;
import dev.offshoot.provisioner.postgres.program.ProgramRun;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.worker.Failure;

/**
 * Writes a database from one of another server, or from one that is in use, by pg_dump and pg_restore, several tables at
 * a time.
 *
 * <p>Extensions are made by the administrator, all else by the owner of snapshots: what is restored may run code of
 * Staging's, behind an index for example. Owners and privileges of Staging's are left out, as a clone has its own.
 */
public final class DumpRestore {
  private static final Logger LOG = LoggerFactory.getLogger(DumpRestore.class);
  private static final int MOST_JOBS = 4;
  private static final Pattern EXTENSION = Pattern.compile("\\d+; \\d+ \\d+ (EXTENSION - .*|COMMENT - EXTENSION .*)");

  private final PostgresConfig target;

  DumpRestore(PostgresConfig target) {
    this.target = target;
  }

  /** A database on a server. */
  record Source(PostgresConfig server, String database) {}

  private record Extension(String name, String schema) {}

  /** Refuses before anything was made: no programs, or a server for clones that is older than Staging's. */
  public PostgresBinaries.Pair programs(AdminSession atSource, AdminSession atTarget) {
    int from = major(atSource);
    int to = major(atTarget);
    if (to < from) {
      throw new Failure(Failure.Kind.INVALID, "Staging's server is of version " + from + " and stores.postgres of version " + to
          + ": a dump can be read only into a server that is not older. Upgrade stores.postgres");
    }
    return new PostgresBinaries(target.programs()).forServer(from);
  }

  public static int major(AdminSession session) {
    return session.first("SELECT current_setting('server_version_num')::int / 10000", row -> row.getInt(1)).orElseThrow();
  }

  /** Makes the empty database, like Staging's in encoding and sorting; the extensions that Staging has are made in it. */
  void make(AdminSession atSource, AdminSession session, String database) {
    String like = atSource.first("""
        SELECT format('ENCODING %L LC_COLLATE %L LC_CTYPE %L', pg_encoding_to_char(encoding), datcollate, datctype)
          || CASE datlocprovider WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L',
            coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'))
          WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', to_jsonb(d) ->> 'datlocale')
          ELSE ' LOCALE_PROVIDER libc' END
        FROM pg_database d WHERE datname = current_database()""", row -> row.getString(1)).orElseThrow();
    session.run("CREATE DATABASE " + Sql.name(database) + " TEMPLATE template0 " + like + " CONNECTION LIMIT 0",
        "REVOKE CONNECT, TEMPORARY ON DATABASE " + Sql.name(database) + " FROM PUBLIC");
    List<Extension> extensions = extensions(atSource);
    try (AdminSession inside = AdminSession.open(target, database, database)) {
      inside.run("ALTER SCHEMA public OWNER TO " + Sql.name(Roles.SNAPSHOT));
      for (Extension extension : extensions) {
        inside.run("CREATE SCHEMA IF NOT EXISTS " + Sql.name(extension.schema()) + " AUTHORIZATION " + Sql.name(Roles.SNAPSHOT),
            "CREATE EXTENSION IF NOT EXISTS " + Sql.name(extension.name()) + " SCHEMA " + Sql.name(extension.schema()) + " CASCADE");
      }
    }
  }

  private static List<Extension> extensions(AdminSession atSource) {
    return atSource.list("""
        SELECT extname, nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
        WHERE nspname !~ '^pg_' ORDER BY pg_extension.oid""", row -> new Extension(row.getString(1), row.getString(2)));
  }

  /** Fills the database, as its owner. */
  void fill(PostgresBinaries.Pair programs, Source source, SnapshotOwner owner, ResourceName name) {
    String database = Names.unfinished(name);
    Path folder = folder(name);
    List<String> schemas = schemasOfExtensions(database);
    try {
      Path log = folder.resolve("log");
      Path dump = folder.resolve("dump");
      String jobs = Integer.toString(Math.min(MOST_JOBS, Runtime.getRuntime().availableProcessors()));
      FaultPoint.at("postgres.epoch.dump.before");
      LOG.atInfo().addKeyValue("database", source.database()).log("Dump begins, with {}", programs.dump());
      new ProgramRun(source.server(), source.database(), name.value(), log).run(List.of(programs.dump().toString(), "-Fd", "-j", jobs,
          "--no-sync", "--no-publications", "--no-subscriptions", "-f", dump.toString()), () -> progress("dumped", bytes(folder)));
      FaultPoint.at("postgres.epoch.dump.after");
      Path contents = contents(programs, folder, schemas);
      LOG.atInfo().addKeyValue("database", database).log("Restore begins, of {} bytes", bytes(folder));
      new ProgramRun(owner.config(), database, name.value(), log).run(List.of(programs.restore().toString(), "-j", jobs,
          "--exit-on-error", "--no-owner", "--no-privileges", "--no-tablespaces", "--no-security-labels", "-L", contents.toString(),
          "-d", "dbname='" + database + "'", dump.toString()), () -> progress("restored", size(database)));
      FaultPoint.at("postgres.epoch.restore.after");
    } finally {
      remove(folder);
    }
  }

  private List<String> schemasOfExtensions(String database) {
    try (AdminSession inside = AdminSession.open(target, database, database)) {
      return extensions(inside).stream().map(Extension::schema).distinct().toList();
    }
  }

  private static void progress(String what, long bytes) {
    LOG.info("{} MiB {} so far", bytes >> 20, what);
  }

  private long size(String database) {
    try (AdminSession session = AdminSession.open(target, AdminSession.HOME, "find")) {
      return Databases.bytes(session, database);
    }
  }

  /** All that is in the dump but what is there already. */
  private Path contents(PostgresBinaries.Pair programs, Path folder, List<String> schemas) {
    Path all = folder.resolve("all");
    new ProgramRun(target, AdminSession.HOME, "contents", folder.resolve("log")).run(
        List.of(programs.restore().toString(), "-l", "-f", all.toString(), folder.resolve("dump").toString()), () -> { });
    List<Pattern> there = new ArrayList<>(List.of(EXTENSION));
    schemas.forEach(schema -> there.add(Pattern.compile("\\d+; \\d+ \\d+ SCHEMA - " + Pattern.quote(schema) + " .*")));
    try {
      return Files.write(folder.resolve("contents"), Files.readAllLines(all).stream()
          .filter(line -> there.stream().noneMatch(pattern -> pattern.matcher(line).matches())).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("The dump's list of contents can't be read", e);
    }
  }

  /** An empty one, for this process's user alone; a killed attempt may have left one of the same name. */
  private Path folder(ResourceName name) {
    Path all = target.programs().dumps().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "offshoot-dumps"));
    try {
      if (Files.exists(all, LinkOption.NOFOLLOW_LINKS) && !(Files.isDirectory(all, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(all).equals(Files.getOwner(Path.of("/proc/self"))))) {
        throw new Failure(Failure.Kind.INVALID, all + " is not a folder of ours: name another in stores.postgres.dumps");
      }
      Path folder = OwnerOnly.createDirectory(all).resolve(name.value());
      remove(folder);
      return OwnerOnly.createDirectory(folder);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.INVALID, "No folder for a dump can be made below " + all
          + "; name one that can be written to in stores.postgres.dumps", e);
    }
  }

  private static void remove(Path folder) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("The dump in " + folder + " can't be removed", e);
      }
    }
  }

  private static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException movedMeanwhile) {
      return 0;
    }
  }
}
