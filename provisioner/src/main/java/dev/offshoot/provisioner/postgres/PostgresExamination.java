package dev.offshoot.provisioner.postgres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import dev.offshoot.config.PostgresBackup;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.provisioner.masking.MaskingPolicy;
import dev.offshoot.provisioner.masking.PolicyFile;
import dev.offshoot.provisioner.postgres.program.PostgresBinaries;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.DiskRoom;
import dev.offshoot.provisioner.postgres.server.ServerDoors;
import dev.offshoot.provisioner.postgres.server.SharedBlocks;
import dev.offshoot.provisioner.postgres.snapshot.ColumnMasks;
import dev.offshoot.provisioner.postgres.snapshot.DumpRestore;
import dev.offshoot.provisioner.postgres.snapshot.Seeds;
import dev.offshoot.provisioner.postgres.snapshot.TemplateMasking;
import dev.offshoot.provisioner.store.Finding;
import dev.offshoot.provisioner.store.Original;
import dev.offshoot.worker.Failure;

/** Whether a PostgreSQL server, and what each repository has in Staging, is as the configuration needs it. Changes nothing. */
public final class PostgresExamination {
  private static final int OLDEST = 15;
  private static final String SERVER = "stores.postgres";

  private final PostgresConfig server;

  public PostgresExamination(PostgresConfig server) {
    this.server = server;
  }

  /** Findings of the server, and of each repository's Staging. */
  public List<Finding> examine(Collection<RepositoryConfig> repositories) {
    List<Finding> findings = new ArrayList<>();
    try (AdminSession session = AdminSession.open(server, AdminSession.HOME, "doctor")) {
      int major = DumpRestore.major(session);
      findings.add(version(session, major));
      findings.add(superuser(session));
      findings.add(clones(session));
      findings.add(room(session));
      findings.add(doors(session));
      findings.add(programs(major, needsPrograms(repositories)));
    } catch (Failure unreachable) {
      findings.add(Finding.problem(SERVER, String.valueOf(unreachable.getMessage()),
          "start the server, or correct host, port, user and password of stores.postgres"));
      return findings;
    }
    repositories.stream().flatMap(PostgresExamination::originals).forEach(original -> findings.addAll(original(original)));
    return findings;
  }

  /** For databases of this server: one that is elsewhere is looked at with the version of its own server. */
  private boolean needsPrograms(Collection<RepositoryConfig> repositories) {
    return server.backup() == PostgresBackup.ARCHIVE || repositories.stream().flatMap(PostgresExamination::originals).map(each -> each.stores().snapshots())
        .anyMatch(each -> each.server().isEmpty() && each.way() == StagingConfig.Way.DUMP);
  }

  private static Stream<Original> originals(RepositoryConfig repository) {
    return Stream.concat(Stream.of(Original.staging(repository)), Original.production(repository).stream());
  }

  private Finding version(AdminSession session, int major) {
    String version = session.first("SHOW server_version", row -> row.getString(1)).orElse("unknown");
    String found = "PostgreSQL " + version + " answers at " + server.host() + ":" + server.port();
    return major >= OLDEST ? Finding.ok(SERVER, found)
        : Finding.problem(SERVER, found, "upgrade it to " + OLDEST + " or newer; 18 on XFS clones fastest");
  }

  private Finding superuser(AdminSession session) {
    boolean superuser = session.first("SELECT rolsuper FROM pg_roles WHERE rolname = current_user", row -> row.getBoolean(1))
        .orElse(false);
    return superuser ? Finding.ok("stores.postgres.user", server.user() + " is a superuser")
        : Finding.problem("stores.postgres.user", server.user() + " is not a superuser", "ALTER ROLE … SUPERUSER, or name one that is");
  }

  private static Finding clones(AdminSession session) {
    SharedBlocks.Finding shared = SharedBlocks.probe(session);
    String method = session.first("SELECT coalesce(current_setting('file_copy_method', true), 'none: before 18')",
        row -> row.getString(1)).orElse("none");
    String found = shared.how() + "; file_copy_method is " + method;
    return switch (shared.answer()) {
      case YES -> Finding.ok("clones", found);
      case NO -> Finding.warning("clones", found, "clones are full copies: PostgreSQL 18 with its data on XFS shares blocks");
      case UNKNOWN -> Finding.warning("clones", found, "compare the times in 'offshoot snapshot list --json'");
    };
  }

  private Finding room(AdminSession session) {
    long reserve = (long) server.cloning().reserveMegabytes() << 20;
    return new DiskRoom(server).look(session).map(room -> {
      String found = (room.free() >> 20) + " MiB are free (" + room.how() + ")";
      return room.free() > 2 * reserve ? Finding.ok("disk", found)
          : Finding.warning("disk", found + ", of which " + (reserve >> 20) + " MiB are kept free",
              "free disk space on the server: no clone is made below the reserve");
    }).orElseGet(() -> Finding.warning("disk", "the free space of the server's disk is not known", "watch it: a full one stops the server"));
  }

  private static Finding doors(AdminSession session) {
    List<String> open = ServerDoors.stillOpen(session);
    return open.isEmpty() ? Finding.ok("other databases", "no database lets every role in")
        : Finding.warning("other databases", "every role, also an environment's, may connect to " + String.join(", ", open),
            "Staging's and the administrators' are closed by the first snapshot; for each other: grant CONNECT to the roles that need it, "
                + "then REVOKE CONNECT, TEMPORARY ON DATABASE … FROM PUBLIC");
  }

  private Finding programs(int major, boolean needed) {
    try {
      PostgresBinaries.Pair pair = new PostgresBinaries(server.programs()).forServer(major);
      return Finding.ok("pg_dump", pair.dump() + " of version " + pair.major() + " for the server of version " + major);
    } catch (Failure none) {
      String found = String.valueOf(none.getMessage());
      return needed ? Finding.problem("pg_dump", found, "install them: snapshots or backups of this configuration need them")
          : Finding.warning("pg_dump", found, "nothing here needs them; with them Staging can be snapshotted while it is in use");
    }
  }

  private List<Finding> original(Original original) {
    StagingConfig staging = original.stores();
    boolean production = original.environment().equals(EnvironmentId.production(original.repository()));
    String subject = (production ? "production of " : "staging of ") + original.repository();
    PostgresConfig at = staging.snapshots().server().map(server::at).orElse(server);
    List<Finding> findings = new ArrayList<>();
    staging.snapshots().seed().ifPresent(folder -> findings.add(Finding.of("seed of " + original.repository(), "correct staging.seed",
        () -> Finding.ok("seed of " + original.repository(), Seeds.files(folder).size() + " files"))));
    try (AdminSession inside = AdminSession.open(at, staging.database(), "doctor")) {
      findings.add(Finding.ok(subject, staging.database() + " answers at " + at.host() + ":" + at.port()));
      if (staging.snapshots().server().isPresent()) {
        findings.add(Finding.of("pg_dump for " + subject, "install the programs", () -> programs(DumpRestore.major(inside), true)));
      }
      findings.add(masking(original, "masking of " + (production ? "production of " : "") + original.repository(), inside));
    } catch (Failure e) {
      findings.add(Finding.problem(subject, String.valueOf(e.getMessage()), "create the database, or correct " + original.key()));
    }
    return findings;
  }

  private static Finding masking(Original original, String subject, AdminSession inside) {
    return original.stores().snapshots().masking().map(file ->
        Finding.of(subject, "no snapshot is taken until the policy covers everything", () -> {
          MaskingPolicy policy = PolicyFile.read(file);
          TemplateMasking.refuseUnlessToldOfLargeObjects(inside, policy);
          return Finding.ok(subject, file + " covers today's schema; " + ColumnMasks.of(inside, policy).names().size() + " columns are masked");
        })).orElseGet(() -> Finding.warning(subject, "there is no policy: environments see Staging's data as they are",
            "write one and name it in " + original.key() + ".masking"));
  }
}
