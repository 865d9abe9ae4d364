package dev.offshoot.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.offshoot.worker.Failure;

/**
 * The folder that a standalone Solr has its config sets in, where it can be seen from here. Each core is made from a config set of its own,
 * which is a link: to {@value #BASE}, or to a set that a branch's files were written into.
 *
 * <p>Law: a set is written once and never changed; which one a core has changes with the link, in one step. The link {@code NAME.good} says
 * which one Solr last took. A core's name here is its folder's, which stays when the core is renamed.
 */
public final class ConfigSetFolder {
  /** What cores are made from, and Staging's core is expected to be. */
  public static final String BASE = "_default";
  private static final String CONF = "conf";
  private static final String GOOD = ".good";
  private static final String TAKING = ".taking";
  private static final int LARGEST_BASE = 20 << 20;

  private final Path folder;

  public ConfigSetFolder(Path folder) {
    this.folder = folder;
  }

  /** Gives a core that is to be made its own name for {@value #BASE}. Done again, nothing happens. */
  public void bind(String core) {
    attempt("make", core, () -> {
      if (!Files.isDirectory(folder.resolve(BASE))) {
        throw new Failure(Failure.Kind.INVALID, "There is no config set " + folder.resolve(BASE)
            + "; correct stores.solr.configSets, the folder of Solr's config sets as the workers see it, or leave it out");
      }
      try {
        Files.createSymbolicLink(folder.resolve(core), Path.of(BASE));
      } catch (FileAlreadyExistsException done) {
        // by an attempt that was killed, or by a core of this name that is made again
      }
    });
  }

  /** All that belongs to a core that is no more. */
  public void release(String core) {
    attempt("remove", core, () -> {
      for (Path entry : entries()) {
        String name = entry.getFileName().toString();
        if (name.equals(core) || name.startsWith(core + ".")) {
          delete(entry);
        }
      }
    });
  }

  /**
   * What belongs to none of these cores and has been there for longer than whoever makes a core needs.
   *
   * @param ours who may be asked of
   */
  public void sweep(Predicate<String> ours, Set<String> cores, Instant before) {
    attempt("tidy", "", () -> {
      for (Path entry : entries()) {
        String name = entry.getFileName().toString();
        if (Files.isSymbolicLink(entry) && ours.test(name) && !cores.contains(name)
            && Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(before)) {
          release(name);
        }
      }
    });
  }

  /** The set that a core's name leads to; empty when the core has none of its own. */
  public Optional<String> current(String core) {
    return target(folder.resolve(core));
  }

  /** The one that Solr last took. */
  public String good(String core) {
    return target(folder.resolve(core + GOOD)).orElse(BASE);
  }

  private Optional<String> target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (NoSuchFileException | NotLinkException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw trouble("read", link.toString(), e);
    }
  }

  /**
   * Writes the set that a core has with a branch's files: those of {@value #BASE}, and the branch's in their place or beside them.
   *
   * @return its name; that of {@value #BASE} where the branch has none
   */
  public String write(String core, ContainedConfig config) {
    if (config.isEmpty()) {
      return BASE;
    }
    try {
      SortedMap<String, byte[]> files = base();
      config.files().forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
      String name = core + "." + ContainedConfig.hash(files);
      Path set = folder.resolve(name);
      if (!Files.isDirectory(set)) {
        Path draft = folder.resolve(name + ".draft");
        delete(draft);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          Path path = draft.resolve(CONF).resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.write(path, file.getValue());
        }
        Files.move(draft, set, ATOMIC_MOVE);
      }
      return name;
    } catch (IOException e) {
      throw trouble("write", core, e);
    }
  }

  private SortedMap<String, byte[]> base() throws IOException {
    Path conf = folder.resolve(BASE).resolve(CONF);
    SortedMap<String, byte[]> files = new TreeMap<>();
    long bytes = 0;
    try (Stream<Path> all = Files.walk(conf)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        bytes += Files.size(file);
        if (bytes > LARGEST_BASE) {
          throw new Failure(Failure.Kind.INVALID, "The config set " + conf + " has more than " + (LARGEST_BASE >> 20)
              + " MiB, too much to be written once more for each branch; make it smaller");
        }
        files.put(conf.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return files;
  }

  /** From now on the core has this set, once it is loaded again. */
  public void point(String core, String set) {
    attempt("give", core, () -> link(folder.resolve(core), set));
  }

  /** Solr has taken it; what the core had before goes. */
  public void taken(String core, String set) {
    attempt("give", core, () -> {
      link(folder.resolve(core + GOOD), set);
      Files.deleteIfExists(folder.resolve(core + TAKING));
      for (Path entry : entries()) {
        String name = entry.getFileName().toString();
        if (name.startsWith(core + ".") && !name.equals(core + GOOD) && !name.equals(set)) {
          delete(entry);
        }
      }
    });
  }

  /** Notes which core is about to be changed: a Solr that starts with a set it does not take tells nothing of the core but its name. */
  public void taking(String core, String namespace) {
    attempt("note", core, () -> Files.writeString(folder.resolve(core + TAKING), namespace));
  }

  /** The core that was about to be changed under this name. */
  public Optional<String> taking(String namespace) {
    try {
      for (Path entry : entries()) {
        String name = entry.getFileName().toString();
        if (name.endsWith(TAKING) && Files.readString(entry).equals(namespace)) {
          return Optional.of(name.substring(0, name.length() - TAKING.length()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw trouble("read", namespace, e);
    }
  }

  private void link(Path link, String to) throws IOException {
    Path next = link.resolveSibling(link.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, Path.of(to));
    Files.move(next, link, ATOMIC_MOVE);
  }

  private List<Path> entries() throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(entries::add);
    }
    return entries;
  }

  /** A link is deleted, never what it leads to. */
  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      }
    } else {
      Files.deleteIfExists(path);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void attempt(String verb, String core, Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw trouble(verb, core, e);
    }
  }

  private Failure trouble(String verb, String what, IOException e) {
    return new Failure(Failure.Kind.UNAVAILABLE, "Could not " + verb + " the config set of " + what + " in " + folder + ": " + e
        + "; the folder must be writable for the provisioner and the migrator", e);
  }
}
