package dev.offshoot.provisioner.solr;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.solr.common.util.NamedList;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.worker.Failure;

/** Backups by the replication handler: it answers at once, so the end is polled for. */
final class SolrBackups {
  private static final Duration DEADLINE = Duration.ofMinutes(8);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Cores cores;
  private final String location;

  SolrBackups(Cores cores, SolrConfig config) {
    this.cores = cores;
    this.location = config.backups().toString();
  }

  /** Writes a backup; one of the same name that is not known to be whole goes first. */
  void write(String core, String name) {
    if (backup(core, name) != State.DONE) {
      long end = System.nanoTime() + DEADLINE.toNanos();
      while (!begun(core, name)) {
        cores.replication(core, "command", "deletebackup", "name", name, "location", location);
        pause("removal of the old " + name, core, end);
      }
      FaultPoint.at("solr.backup.begun");
      await("backup " + name, core, c -> backup(c, name));
    }
  }

  /** Removes a backup, if there is one. The server does it after it has answered; what cannot be seen from here is not waited for. */
  void remove(String core, String name) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    if (Files.isDirectory(Path.of(location)) && !mayHold(name)) {
      return;
    }
    cores.replication(core, "command", "deletebackup", "name", name, "location", location);
    while (Files.isDirectory(Path.of(location)) && mayHold(name)) {
      pause("removal of " + name, core, end);
    }
  }

  /** False when a backup of this name is in the way. */
  private boolean begun(String core, String name) {
    try {
      cores.replication(core, "command", "backup", "name", name, "location", location);
      return true;
    } catch (Failure refused) {
      if (Optional.ofNullable(refused.getMessage()).filter(message -> message.contains("already exists")).isPresent()) {
        return false;
      }
      throw refused;
    }
  }

  /** False when the folder of all backups can be seen from here and this one is not in it. */
  boolean mayHold(String name) {
    Path folder = Path.of(location);
    return !Files.isDirectory(folder) || Files.isDirectory(folder.resolve("snapshot." + name));
  }

  /**
   * Removes a backup; any core can be asked to.
   *
   * @throws Failure BUSY while the server has no core at all
   */
  void remove(String name) {
    String any = cores.list().stream().map(Cores.Core::name).findFirst().orElseThrow(() -> new Failure(Failure.Kind.BUSY,
        "Solr has no core that could be asked to remove the backup " + name));
    if (!mayHold(name)) {
      return;
    }
    cores.replication(any, "command", "deletebackup", "name", name, "location", location);
  }

  /** SHA-256 over the names and the bytes of a backup's files, where they can be seen from here. */
  Optional<String> checksum(String name) {
    Path folder = Path.of(location).resolve("snapshot." + name);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update((folder.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
      return Optional.of(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException | UncheckedIOException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "The backup " + folder + " cannot be read: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Whether a backup's files are what they were when a receipt was written; true where they can't be seen from here. */
  boolean isWhole(BackupReceipt receipt) {
    return mayHold(receipt.kept()) && receipt.checksum().filter(sum -> !checksum(receipt.kept()).equals(Optional.of(sum))).isEmpty();
  }

  /** Fills a core from a backup. */
  void restore(String core, String name) {
    cores.replication(core, "command", "restore", "name", name, "location", location);
    FaultPoint.at("solr.restore.begun");
    await("restore of " + name, core, this::restored);
  }

  private enum State { NONE, RUNNING, DONE, FAILED }

  private State backup(String core, String name) {
    Object answer = cores.replication(core, "command", "details").get("details");
    if (!(answer instanceof NamedList<?> all) || !(all.get("backup") instanceof NamedList<?> details)) {
      return State.NONE;
    }
    if (details.get("exception") != null) {
      return State.FAILED;
    }
    return name.equals(details.get("snapshotName")) && "success".equals(details.get("status")) ? State.DONE
        : State.RUNNING;
  }

  private State restored(String core) {
    Object status = cores.replication(core, "command", "restorestatus").get("restorestatus");
    if (!(status instanceof NamedList<?> details)) {
      return State.NONE;
    }
    return switch (String.valueOf(details.get("status"))) {
      case "success" -> State.DONE;
      case "failed" -> State.FAILED;
      default -> State.RUNNING;
    };
  }

  private static void await(String what, String core, Function<String, State> look) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      switch (look.apply(core)) {
        case DONE -> {
          return;
        }
        case FAILED -> throw new Failure(Failure.Kind.UNAVAILABLE, "Solr could not finish the " + what + " of core "
            + core
            + "; its log says why");
        case NONE, RUNNING -> pause(what, core, end);
      }
    }
  }

  private static void pause(String what, String core, long end) {
    LockSupport.parkNanos(POLL.toNanos());
    if (Thread.currentThread().isInterrupted() || System.nanoTime() > end) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Solr did not finish the " + what + " of core " + core + " in time");
    }
  }
}
