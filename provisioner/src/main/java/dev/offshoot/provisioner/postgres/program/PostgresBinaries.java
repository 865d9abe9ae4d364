package dev.offshoot.provisioner.postgres.program;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.config.PostgresPrograms;
import dev.offshoot.worker.Failure;

/**
 * PostgreSQL's own pg_dump and pg_restore on this machine.
 *
 * <p>Law: the two of a pair lie in one folder and are of one version, so that one reads what the other wrote. pg_dump
 * refuses a server that is newer than itself. Of several that would do the oldest is taken: what a newer one writes may
 * hold settings that the server it is read into does not know.
 */
public final class PostgresBinaries {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ([0-9]+)");
  private static final int LONGEST_ANSWER = 1000;

  private final PostgresPrograms config;

  public PostgresBinaries(PostgresPrograms config) {
    this.config = config;
  }

  /** @param major the version, such as 18 */
  public record Pair(Path dump, Path restore, int major) {}

  /**
   * The pair for a server of this major version.
   *
   * @throws Failure INVALID that names what was found and where it was looked for
   */
  public Pair forServer(int major) {
    List<Pair> found = found();
    return found.stream().filter(pair -> pair.major() >= major).min(Comparator.comparingInt(Pair::major))
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "pg_dump and pg_restore of PostgreSQL " + major
            + " or newer are needed for a server of version " + major + "; " + describe(found) + ". Install the package "
            + "postgresql-client-" + major + " or name the folder of the programs in stores.postgres.binaries"));
  }

  private String describe(List<Pair> found) {
    String where = folders().stream().map(Path::toString).collect(Collectors.joining(", "));
    return found.isEmpty() ? "there are none in " + where
        : "found was only " + found.stream().map(pair -> pair.dump() + " of version " + pair.major())
            .collect(Collectors.joining(", "));
  }

  /** Every pair there is, the oldest first. */
  public List<Pair> found() {
    return folders().stream().flatMap(folder -> pair(folder).stream())
        .sorted(Comparator.comparingInt(Pair::major)).toList();
  }

  /** Where is looked: in the folder that is configured and nowhere else, or in the usual ones. */
  public List<Path> folders() {
    if (config.binaries().isPresent()) {
      return List.of(config.binaries().get());
    }
    Set<Path> folders = new LinkedHashSet<>(debian());
    Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty()).map(Path::of).forEach(folders::add);
    return List.copyOf(folders);
  }

  /** Before PATH: what Debian has there is a script that chooses one of these by rules of its own. */
  private static List<Path> debian() {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(DEBIAN)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
        versions.forEach(version -> folders.add(version.resolve("bin")));
      } catch (IOException unreadable) {
        return List.of();
      }
    }
    folders.sort(Comparator.naturalOrder());
    return folders;
  }

  private static Optional<Pair> pair(Path folder) {
    Path dump = folder.resolve("pg_dump");
    Path restore = folder.resolve("pg_restore");
    if (!Files.isExecutable(dump) || !Files.isExecutable(restore)) {
      return Optional.empty();
    }
    OptionalInt version = version(dump);
    return version.isPresent() && version.equals(version(restore))
        ? Optional.of(new Pair(dump, restore, version.getAsInt())) : Optional.empty();
  }

  /** What the program says of itself; empty when it does not run. */
  private static OptionalInt version(Path program) {
    try {
      Process process = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return OptionalInt.empty();
      }
      String text = new String(process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
      Matcher matcher = VERSION.matcher(text);
      return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }
}
