package dev.offshoot.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.offshoot.bench.Folders;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.EmbeddedKafka;
import dev.offshoot.embedded.KafkaSettings;
import dev.offshoot.process.FreePorts;
import dev.offshoot.wire.Topics;

/**
 * webhook-ingest beside a bare Vert.x server that only checks the signature and, where it is installed, Debian's webhook: signed pushes of
 * 7 KB over 32 connections, one server after the other in one run, twice. The broker and the sender share the machine with them.
 * Prints Markdown for docs/performance.md.
 */
public final class IngestBench {
  private static final int CONNECTIONS = 32;
  private static final int ROUNDS = 2;

  private IngestBench() {}

  /** @param arguments seconds for each server, and where {@code webhook} is */
  public static void main(String[] arguments) throws Exception {
    double seconds = Double.parseDouble(arguments[0]);
    Path webhook = Path.of(arguments[1]);
    Path folder = Files.createTempDirectory("offshoot-bench-").toRealPath();
    try (EmbeddedKafka server = EmbeddedKafka.start(folder.resolve("kafka"), FreePorts.choose(), KafkaSettings.defaults().withoutFlush())) {
      KafkaConfig kafka = KafkaConfig.at(server.bootstrapServers());
      Topics.ensure(kafka);
      System.out.println("| Server | round | deliveries/s | p50 ms | p99 ms | most ms | not 2xx |\n|---|---|---|---|---|---|---|");
      for (int round = 1; round <= ROUNDS; round++) {
        for (Starting each : subjects(kafka, webhook, folder)) {
          try (Subject subject = each.start()) {
            System.out.println("| " + subject.title() + " | " + round + " | " + measured(subject.awaited(), seconds).cells() + " |");
          }
        }
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private interface Starting {
    Subject start() throws IOException;
  }

  private static List<Starting> subjects(KafkaConfig kafka, Path webhook, Path folder) {
    List<Starting> all = new ArrayList<>(List.of(
        () -> Subject.ingest(kafka, folder, FreePorts.choose()), () -> Subject.bare(folder)));
    if (Files.isExecutable(webhook)) {
      all.add(() -> Subject.webhook(webhook, folder));
    } else {
      System.err.println(webhook + " is not there: it is left out (apt-get install webhook)");
    }
    return all;
  }

  /** The first half warms it up and does not count. */
  private static Pressure.Outcome measured(Subject subject, double seconds) throws Exception {
    Pressure pressure = new Pressure(subject, new Deliveries(subject.path(), Subject.repository()), CONNECTIONS);
    pressure.run(seconds / 2);
    return pressure.run(seconds);
  }
}
