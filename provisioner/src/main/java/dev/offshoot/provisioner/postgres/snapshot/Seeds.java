package dev.offshoot.provisioner.postgres.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.offshoot.worker.Failure;

/** The operator's SQL for every snapshot of a repository: each file in a transaction of its own, in the order of their names. */
public final class Seeds {
  private static final long MOST_BYTES = 64L << 20;

  private Seeds() {
  }

  static void run(SnapshotOwner owner, Path folder) {
    for (Path file : files(folder)) {
      owner.run(List.of(), List.of(new SnapshotOwner.Task("run the seed " + file.getFileName(), text(file))));
    }
  }

  /** Failure INVALID when it is no folder, or has nothing to run: whoever names a folder means one that is there. */
  public static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.filter(file -> file.toString().endsWith(".sql"))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
      if (files.isEmpty()) {
        throw new Failure(Failure.Kind.INVALID, "The folder " + folder + " has no .sql file; staging.seed names it");
      }
      return files;
    } catch (IOException e) {
      throw new Failure(Failure.Kind.INVALID, "The folder " + folder + " cannot be read; staging.seed names it", e);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Failure(Failure.Kind.INVALID, "The seed " + file + " is larger than 64 MiB; split it");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.INVALID, "The seed " + file + " cannot be read as UTF-8", e);
    }
  }
}
