package dev.offshoot.bench.ingest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.offshoot.bench.Folders;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.EmbeddedKafka;
import dev.offshoot.embedded.KafkaSettings;
import dev.offshoot.process.FreePorts;
import dev.offshoot.wire.Topics;

/**
 * webhook-ingest beside a bare Vert.x server that only checks the signature and, where it is installed, Debian's webhook: signed pushes of
 * 7 KB over 32 connections, one server after the other in one run, twice; webhook-ingest once more with a broker that flushes each write.
 * The broker and the sender share the machine with them. Prints Markdown for docs/performance.md.
 */
public final class IngestBench {
  private static final int CONNECTIONS = 32;
  private static final int ROUNDS = 2;

  private final double seconds;
  private final double warmUp;

  private IngestBench(double seconds, double warmUp) {
    this.seconds = seconds;
    this.warmUp = warmUp;
  }

  /** @param arguments seconds that count for each server, where {@code webhook} is, and seconds before those that count */
  public static void main(String[] arguments) throws Exception {
    IngestBench bench = new IngestBench(Double.parseDouble(arguments[0]), Double.parseDouble(arguments[2]));
    System.out.println("| Broker | Server | round | deliveries/s | p50 ms | p99 ms | most ms | not 2xx |\n|---|---|---|---|---|---|---|---|");
    bench.run("does not flush", KafkaSettings.defaults().withoutFlush(),
        (kafka, folder) -> subjects(kafka, Path.of(arguments[1]), folder));
    bench.run("flushes each write", KafkaSettings.defaults(), (kafka, folder) -> List.of(ingest(kafka, folder)));
    System.out.printf(Locale.ROOT, "%nload average at the end %.1f%n", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private interface Starting {
    Subject start() throws IOException;
  }

  private interface Subjects {
    List<Starting> of(KafkaConfig kafka, Path folder);
  }

  private static Starting ingest(KafkaConfig kafka, Path folder) {
    return () -> Subject.ingest(kafka, folder, FreePorts.choose());
  }

  private static List<Starting> subjects(KafkaConfig kafka, Path webhook, Path folder) {
    List<Starting> all = new ArrayList<>(List.of(ingest(kafka, folder), () -> Subject.bare(folder)));
    if (Files.isExecutable(webhook)) {
      all.add(() -> Subject.webhook(webhook, folder));
    } else {
      System.err.println(webhook + " is not there: it is left out (apt-get install webhook)");
    }
    return all;
  }

  private void run(String broker, KafkaSettings settings, Subjects subjects) throws Exception {
    Path folder = Files.createTempDirectory("offshoot-bench-").toRealPath();
    try (EmbeddedKafka server = EmbeddedKafka.start(folder.resolve("kafka"), FreePorts.choose(), settings)) {
      KafkaConfig kafka = KafkaConfig.at(server.bootstrapServers());
      Topics.ensure(kafka);
      for (int round = 1; round <= ROUNDS; round++) {
        for (Starting each : subjects.of(kafka, folder)) {
          try (Subject subject = each.start()) {
            System.out.println("| " + broker + " | " + subject.title() + " | " + round + " | " + measured(subject.awaited()).cells() + " |");
          }
        }
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private Pressure.Outcome measured(Subject subject) throws Exception {
    Pressure pressure = new Pressure(subject, new Deliveries(subject.path(), Subject.repository()), CONNECTIONS);
    pressure.run(warmUp);
    return pressure.run(seconds);
  }
}
