package dev.offshoot.ingest;

import java.nio.file.Path;

import dev.offshoot.config.ConfigException;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.management.WorkerProcess;

/** webhook-ingest as a process of its own: {@code WebhookIngestMain FILE}. Its end waits for deliveries under way. */
public final class WebhookIngestMain {
  private static final int BAD_CONFIGURATION = 78;

  private WebhookIngestMain() {}

  /**
   * Starts.
   *
   * @param args the configuration file; {@code offshoot.yaml} when there is none
   */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args.length == 0 ? "offshoot.yaml" : args[0]);
    OffshootConfig config;
    try {
      config = ConfigFile.load(file);
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_CONFIGURATION);
      return;
    }
    WorkerProcess.run("webhook-ingest", config.workers().management(), () -> {
      WebhookIngest ingest = WebhookIngest.start(config);
      System.out.println("webhook-ingest listens on port " + ingest.port());
      return ingest;
    });
  }
}
