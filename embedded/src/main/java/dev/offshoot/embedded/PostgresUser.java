package dev.offshoot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.sun.security.auth.module.UnixSystem;

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
  static PostgresUser of(Path directory, Path log) throws IOException {
    if (new UnixSystem().getUid() != 0) {
      return CALLER;
    }
    return !isNobodys(directory) && canUnshare(log) ? NAMESPACE : NOBODY;
  }

  private static boolean isNobodys(Path directory) throws IOException {
    return Files.exists(directory) && Files.getAttribute(directory, "unix:uid").equals(NOBODY_ID);
  }

  private static boolean canUnshare(Path log) {
    try {
      var probe = new ChildCommand(List.of("unshare", "-U", "true"), log);
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
      // access(2) ignores capabilities without the secure bit; a change of user drops the parent-death signal.
      case NOBODY -> List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups",
          "--inh-caps", "-all,+dac_override", "--ambient-caps", "-all,+dac_override",
          "--securebits", "+no_setuid_fixup", "--pdeathsig", "INT");
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
