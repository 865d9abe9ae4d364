package dev.offshoot.bench.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import dev.offshoot.config.ConfigText;
import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.ingest.WebhookIngestMain;
import dev.offshoot.process.FreePorts;

/**
 * A server under load, in a process of its own.
 *
 * @param path what it is posted to
 * @param log what it writes
 */
record Subject(String title, String path, int port, Process process, Path log) implements AutoCloseable {
  private static final Secret SECRET = new Secret("a secret of the bench, long enough");
  private static final RepositoryKey KEY = new RepositoryKey("shop");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NO_LIMIT = 10_000_000;
  private static final int LAST_LINES = 20;

  static RepositoryConfig repository() {
    return new RepositoryConfig(KEY, GitHostName.GITHUB, "acme/shop", "https://git.example.test/acme/shop.git", "main", List.of(SECRET),
        RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS, new StagingConfig("staging", Optional.empty()));
  }

  static Subject ingest(KafkaConfig kafka, Path folder, int port) throws IOException {
    WorkersConfig usual = WorkersConfig.defaults();
    WorkersConfig workers = new WorkersConfig(
        new WorkersConfig.Webhooks("127.0.0.1", port, WorkersConfig.Webhooks.DEFAULT_BODY_LIMIT_BYTES, NO_LIMIT),
        usual.sweep(), usual.migrate(), usual.management());
    OffshootConfig config = new OffshootConfig(kafka,
        new StoresConfig(new PostgresConfig("127.0.0.1", 1, "none", SECRET, 1), new SolrConfig("http://127.0.0.1:1", Path.of("/none")),
            new RedisConfig.Shared("127.0.0.1", 1, SECRET)),
        new CredentialsConfig("bench", SECRET), workers, folder.resolve("blobs"), Map.of(KEY, repository()), Map.of());
    Path file = Files.writeString(folder.resolve("offshoot.yaml"), ConfigText.yaml(config, ConfigText.Secrets.REVEALED));
    return start("webhook-ingest", "/webhooks/" + KEY, port, folder,
        List.of(java(), "-Xmx512m", "-cp", System.getProperty("java.class.path"), WebhookIngestMain.class.getName(), file.toString()));
  }

  static Subject bare(Path folder) throws IOException {
    int port = FreePorts.choose();
    return start("bare Vert.x, HMAC only", "/", port, folder, List.of(java(), "-Xmx512m", "-cp", System.getProperty("java.class.path"),
        BareServer.class.getName(), String.valueOf(port), SECRET.reveal()));
  }

  /** Debian's {@code webhook}, which runs a command for each authentic delivery. */
  static Subject webhook(Path program, Path folder) throws IOException {
    int port = FreePorts.choose();
    Path hooks = Files.writeString(folder.resolve("hooks.json"), """
        [{"id": "shop", "execute-command": "/bin/true", "trigger-rule": {"match": {"type": "payload-hmac-sha256", "secret": "%s",
          "parameter": {"source": "header", "name": "X-Hub-Signature-256"}}}}]
        """.formatted(SECRET.reveal()));
    return start("webhook 2.8, /bin/true for each", "/hooks/shop", port, folder,
        List.of(program.toString(), "-ip", "127.0.0.1", "-port", String.valueOf(port), "-hooks", hooks.toString()));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Subject start(String title, String path, int port, Path folder, List<String> command) throws IOException {
    Path log = folder.resolve("server.log");
    Process process = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    return new Subject(title, path, port, process, log);
  }

  /** Returns once it listens. */
  Subject awaited() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!listens()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IOException(title + " does not listen on port " + port);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return this;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Of what it wrote. */
  List<String> lastLines() throws IOException {
    List<String> all = Files.readAllLines(log);
    return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
  }

  private boolean listens() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
