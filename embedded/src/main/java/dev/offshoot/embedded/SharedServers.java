package dev.offshoot.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import dev.offshoot.process.FreePorts;
import dev.offshoot.process.Keeper;

/**
 * For tests: each server once per JVM, started by its first user, in a temporary folder that goes with the JVM.
 *
 * <p>Tests share them, so each takes names of its own (databases, topics, cores). Nothing is flushed to disk.
 */
public final class SharedServers {
  private SharedServers() {
  }

  public static EmbeddedKafka kafka() {
    return KafkaHolder.SERVER;
  }

  public static EmbeddedPostgres postgres() {
    return PostgresHolder.SERVER;
  }

  public static EmbeddedSolr solr() {
    return SolrHolder.SERVER;
  }

  /** The program; a test starts its own servers with it, for instance by {@link EmbeddedRedis}. */
  public static Path redisBinary() {
    return RedisBinary.unpack(binaries());
  }

  /** Where environments' own servers are started, so that they end with this JVM. */
  public static Path redisKeeper() {
    return KeeperHolder.ADDRESS;
  }

  /** Where unpacked programs are kept from one run to the next, as the XDG base directory specification wants. */
  public static Path binaries() {
    Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    return cache.resolve("offshoot");
  }

  private static final class Root {
    static final Path PATH = make();

    private static Path make() {
      try {
        return Files.createTempDirectory("offshoot-test-").toRealPath();
      } catch (IOException e) {
        throw new UncheckedIOException("No temporary folder for the test servers", e);
      }
    }

    /** Each server's part of the folder begins to go right after the server. */
    static void atExit(AutoCloseable server, Path directory) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
        try (server) {
          // only to be closed
        } catch (Exception e) {
          throw new IllegalStateException("A test server did not stop", e);
        } finally {
          delete(directory);
        }
      }));
    }

    /**
     * By a process that the JVM does not wait for: hundreds of databases are a hundred thousand files, which on a busy disk took longer
     * than Maven waits for a JVM to end. In a session of its own, so that a Ctrl-C does not reach it; whoever is last removes the folder
     * of all.
     */
    private static void delete(Path directory) {
      try {
        new ProcessBuilder("setsid", "nice", "sh", "-c", "rm -rf -- \"$0\"; rmdir -- \"$1\"", directory.toString(), PATH.toString())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("The test servers' folder can't be deleted", e);
      }
    }
  }

  private static final class KafkaHolder {
    static final EmbeddedKafka SERVER = start();

    private static EmbeddedKafka start() {
      Path directory = Root.PATH.resolve("kafka");
      var server = EmbeddedKafka.start(directory, FreePorts.choose(), KafkaSettings.defaults().withoutFlush());
      Root.atExit(server, directory);
      return server;
    }
  }

  private static final class PostgresHolder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      Path directory = Root.PATH.resolve("postgres");
      var settings = PostgresSettings.defaults().withoutFsync().withBinaries(binaries());
      var server = EmbeddedPostgres.start(directory, FreePorts.choose(), settings);
      Root.atExit(server, directory);
      return server;
    }
  }

  private static final class SolrHolder {
    static final EmbeddedSolr SERVER = start();

    private static EmbeddedSolr start() {
      Path directory = Root.PATH.resolve("solr");
      var server = EmbeddedSolr.start(directory, FreePorts.choose());
      Root.atExit(server, directory);
      return server;
    }
  }

  private static final class KeeperHolder {
    static final Path ADDRESS = start();

    private static Path start() {
      Path directory = Root.PATH.resolve("keeper");
      Path address = Keeper.addressIn(directory);
      Root.atExit(Keeper.listen(address, redisBinary()), directory);
      return address;
    }
  }
}
