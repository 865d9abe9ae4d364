package dev.offshoot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.ProcessSpawner;

/**
 * As whom PostgreSQL runs: it refuses root.
 *
 * <p>Root runs it in a user namespace of its own, where it sees itself as nobody while its files stay root's. Where the
 * container forbids such namespaces it runs as uid 65534 with the right to pass the folders above its own.
 */
enum PostgresUser {
  CALLER, NAMESPACE, NOBODY;

  private static final int NOBODY_ID = 65_534;

  /** A folder that was nobody's stays nobody's. */
  static PostgresUser of(Path directory) throws IOException {
    if (!userId(Path.of("/proc/self")).equals(0)) {
      return CALLER;
    }
    return userId(directory).equals(0) && canUnshare(directory) ? NAMESPACE : NOBODY;
  }

  private static Integer userId(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean canUnshare(Path directory) {
    try {
      var probe = new ChildCommand(List.of("unshare", "-U", "true"), directory.resolve("postgres.log"));
      ProcessSpawner.ofThisJvm().run(probe, Duration.ofSeconds(10));
      return true;
    } catch (IllegalStateException refused) {
      return false;
    }
  }

  List<String> command(List<String> words) {
    var all = new ArrayList<String>(switch (this) {
      case CALLER -> List.of();
      case NAMESPACE -> List.of("unshare", "-U");
      case NOBODY -> List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups",
          "--inh-caps", "-all,+dac_override", "--ambient-caps", "-all,+dac_override");
    });
    all.addAll(words);
    return all;
  }

  /** Makes the folder and all in it the server's. */
  void own(Path directory) throws IOException {
    switch (this) {
      case CALLER, NAMESPACE -> { }
      case NOBODY -> {
        try (var files = Files.walk(directory)) {
          for (Path file : (Iterable<Path>) files::iterator) {
            Files.setAttribute(file, "unix:uid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
          }
        }
      }
    }
  }
}
