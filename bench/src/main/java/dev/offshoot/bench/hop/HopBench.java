package dev.offshoot.bench.hop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import dev.offshoot.bench.Folders;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.EmbeddedKafka;
import dev.offshoot.embedded.KafkaSettings;
import dev.offshoot.event.Request;
import dev.offshoot.process.FreePorts;
import dev.offshoot.wire.Topics;

/**
 * A worker that does nothing beside a bare loop, in one run: how many requests a second, how long one takes from its publishing to its
 * committed answer, and what one slow environment does to ten thousand others. Prints Markdown for docs/performance.md.
 */
public final class HopBench {
  private static final int MANY = 60_000;
  private static final int PACED = 3_000;
  private static final Duration PACE = Duration.ofMillis(5);
  private static final int ENVIRONMENTS = 1_000;
  private static final int LANES = 10_000;
  private static final Duration SLOW = Duration.ofSeconds(60);

  private final KafkaSettings settings;
  private final String broker;

  private HopBench(KafkaSettings settings, String broker) {
    this.settings = settings;
    this.broker = broker;
  }

  /** @param arguments {@code peers} or {@code lanes} for a part; none for all */
  public static void main(String[] arguments) throws Exception {
    List<String> parts = arguments.length == 0 ? List.of("peers", "lanes") : List.of(arguments);
    HopBench flushing = new HopBench(KafkaSettings.defaults(), "flushes each write");
    HopBench cached = new HopBench(KafkaSettings.defaults().withoutFlush(), "does not flush");
    System.out.println("| Broker | Peer | Load | requests/s | p50 ms | p99 ms | most ms |\n|---|---|---|---|---|---|---|");
    if (parts.contains("peers")) {
      for (HopBench bench : List.of(flushing, cached)) {
        for (Peer peer : Peer.values()) {
          bench.run(peer);
        }
      }
    }
    if (parts.contains("lanes")) {
      cached.slowLane();
    }
  }

  /** All requests stand ready before the peer starts. The first round of each warms broker and JVM up and does not count. */
  private void run(Peer peer) throws Exception {
    withBroker(kafka -> {
      try (Load load = new Load(kafka, peer, ENVIRONMENTS, 2 * (MANY + PACED))) {
        round(kafka, peer, load);
        Round counted = round(kafka, peer, load);
        row(peer, "all there at once", String.format(Locale.ROOT, "%.0f", counted.rate()) + " | | |");
        row(peer, "one every 5 ms", " | " + counted.latencies().cells());
      }
    });
  }

  private record Round(double rate, Latencies latencies) {}

  private static Round round(KafkaConfig kafka, Peer peer, Load load) throws Exception {
    load.publish(MANY);
    try (AutoCloseable _ = peer.start(kafka, _ -> { })) {
      return new Round(load.rate(MANY), load.latencies(PACED, PACE));
    }
  }

  /** One environment is busy for a minute while the others' requests come. */
  private void slowLane() throws Exception {
    withBroker(kafka -> {
      AtomicBoolean slow = new AtomicBoolean();
      try (Load load = new Load(kafka, Peer.WORKER, LANES, 4 * LANES);
          AutoCloseable _ = Peer.WORKER.start(kafka, request -> work(request, slow))) {
        load.publish(LANES);
        load.rate(LANES);
        row(Peer.WORKER, "10,000 environments, one every 5 ms", " | " + load.latencies(PACED, PACE).cells());
        load.publish(LANES - PACED);
        load.rate(LANES - PACED);
        slow.set(true);
        load.open();
        row(Peer.WORKER, "the same while one of them takes 60 s", " | " + load.latencies(PACED, PACE).cells());
      }
    });
  }

  private static void work(Request request, AtomicBoolean slow) {
    if (slow.get() && request.origin().equals(Requests.origin(0))) {
      LockSupport.parkNanos(SLOW.toNanos());
    }
  }

  private interface Measured {
    void on(KafkaConfig kafka) throws Exception;
  }

  private void withBroker(Measured measured) throws Exception {
    Path folder = Files.createTempDirectory("offshoot-bench-").toRealPath();
    try (EmbeddedKafka server = EmbeddedKafka.start(folder.resolve("kafka"), FreePorts.choose(), settings)) {
      KafkaConfig kafka = KafkaConfig.at(server.bootstrapServers());
      Topics.ensure(kafka);
      measured.on(kafka);
    } finally {
      Folders.delete(folder);
    }
  }

  private void row(Peer peer, String load, String figures) {
    System.out.println("| " + broker + " | " + peer.title() + " | " + load + " | " + figures + " |");
  }
}
