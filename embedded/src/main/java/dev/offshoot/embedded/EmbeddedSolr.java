package dev.offshoot.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * A Solr server in this JVM: standalone cores, one per namespace.
 *
 * <p>A core is made from the config set {@value #CONFIG_SET} and backed up into {@link #backups()} (or a folder below),
 * which is the default location of the default backup repository.
 */
public final class EmbeddedSolr implements AutoCloseable {
  /** Key {@code id}; dynamic fields {@code *_s}, {@code *_t}, {@code *_i}, {@code *_dt} and so on. */
  public static final String CONFIG_SET = "_default";

  private final DirectoryLock lock;
  private final Server jetty;
  private final SolrHome home;
  private final int port;
  private final CompletableFuture<String> fault = new CompletableFuture<>();
  private volatile boolean closing;

  private EmbeddedSolr(DirectoryLock lock, Server jetty, SolrHome home, int port) {
    this.lock = lock;
    this.jetty = jetty;
    this.home = home;
    this.port = port;
    jetty.addEventListener(new LifeCycle.Listener() {
      @Override
      public void lifeCycleStopping(LifeCycle event) {
        if (!closing) {
          fault.complete("its web server ended");
        }
      }

      @Override
      public void lifeCycleFailure(LifeCycle event, Throwable cause) {
        fault.complete("its web server failed: " + cause);
      }
    });
  }

  /**
   * Returns when it answers. What the folder holds is kept; a {@code security.json} in it holds (Solr's own format), as
   * Solr reads it without ZooKeeper.
   */
  public static EmbeddedSolr start(Path directory, int port) {
    return start(new SolrHome(directory.toAbsolutePath().normalize(), Optional.empty()), port);
  }

  /** As the one node of a SolrCloud, whose ZooKeeper is at this address and has the config set. */
  static EmbeddedSolr startNode(Path directory, int port, String zooKeeper) {
    return start(new SolrHome(directory.toAbsolutePath().normalize(), Optional.of(zooKeeper)), port);
  }

  private static EmbeddedSolr start(SolrHome home, int port) {
    Path directory = home.directory();
    DirectoryLock lock = DirectoryLock.of(directory);
    try {
      Ports.requireFree("Solr", port);
      home.prepare(port);
      home.setJvmProperties();
      Server jetty = SolrJetty.of(home, port);
      try {
        jetty.start();
        requireAnswer(port);
        return new EmbeddedSolr(lock, jetty, home, port);
      } catch (Exception e) {
        stop(jetty);
        throw new ServerStartException("Solr did not start in " + directory + " on port " + port + ": " + e, e);
      }
    } catch (IOException e) {
      lock.close();
      throw new UncheckedIOException("Solr's folder " + directory + " can't be prepared", e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Jetty starts even when Solr inside it could not. Who asks for passwords is there. */
  private static void requireAnswer(int port) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(baseUrl(port) + "/admin/cores?action=STATUS&indexInfo=false"))
          .timeout(Duration.ofSeconds(60))
          .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200 && status != 401) {
        throw new IOException("its first answer was " + status + "; the log says why");
      }
    }
  }

  private static void stop(Server jetty) {
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Solr did not stop in order", e);
    }
  }

  private static String baseUrl(int port) {
    return "http://127.0.0.1:" + port + "/solr";
  }

  /** Ends with {@code /solr}; a core's URL is this, a slash and its name. */
  public String baseUrl() {
    return baseUrl(port);
  }

  public int port() {
    return port;
  }

  /** Completes when the web server ends without having been closed; there is no process that could be started again. */
  public CompletableFuture<String> fault() {
    return fault.copy();
  }

  /** The only folder outside the cores that Solr may write to and read from. */
  public Path backups() {
    return home.backups();
  }

  /** The folder of its config sets, {@value #CONFIG_SET} among them. */
  public Path configSets() {
    return home.configSets();
  }

  @Override
  public void close() {
    closing = true;
    try {
      stop(jetty);
    } finally {
      lock.close();
    }
  }
}
