package dev.offshoot.bench.hop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import dev.offshoot.bench.Folders;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.EmbeddedKafka;
import dev.offshoot.embedded.KafkaSettings;
import dev.offshoot.process.FreePorts;
import dev.offshoot.wire.Topics;

/**
 * A million requests through two workers in processes of their own, one of which is killed again and again while they work. Ends with status 1 when a
 * request has no answer or more than one.
 */
public final class KillRun {
  private static final int ENVIRONMENTS = 2_000;
  private static final int INSTANCES = 2;
  private static final int WINDOW = 50_000;
  /** So many answers at least between two kills, and up to twice as many. */
  private static final int LEAST = 10_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaConfig kafka;
  private final Path log;
  private final Random random;
  private final List<Process> instances = new ArrayList<>();
  private int kills;

  private KillRun(KafkaConfig kafka, Path log, long seed) {
    this.kafka = kafka;
    this.log = log;
    this.random = new Random(seed);
  }

  /** @param arguments how many requests, and the seed of the kills */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    Path folder = Files.createTempDirectory("offshoot-bench-").toRealPath();
    boolean clean;
    KafkaSettings settings = KafkaSettings.defaults().withoutFlush();
    try (EmbeddedKafka server = EmbeddedKafka.start(folder.resolve("kafka"), FreePorts.choose(), settings)) {
      KafkaConfig kafka = KafkaConfig.at(server.bootstrapServers());
      Topics.ensure(kafka);
      clean = new KillRun(kafka, folder.resolve("workers.log"), seed).run(count);
    } finally {
      Folders.delete(folder);
    }
    System.exit(clean ? 0 : 1);
  }

  private boolean run(int count) throws Exception {
    long started = System.nanoTime();
    try (Requests requests = new Requests(kafka, ENVIRONMENTS); Answers answers = Answers.reading(kafka, Peer.WORKER.answers(), count)) {
      for (int i = 0; i < INSTANCES; i++) {
        instances.add(start(i));
      }
      Thread publishing = Thread.ofVirtual().start(() -> publish(requests, answers, count));
      boolean going = true;
      while (going && answers.count() < count) {
        int next = Math.min(count, answers.count() + LEAST + random.nextInt(LEAST));
        going = answers.comeTo(next, PATIENCE);
        if (next < count) {
          killOne();
          System.err.printf(Locale.ROOT, "%,d of %,d answered, %d kills%n", answers.count(), count, kills);
        }
      }
      publishing.interrupt();
      publishing.join();
      System.out.printf(Locale.ROOT, "%,d requests, %d kills: %,d answered, %,d lost, %,d answered again; %.0f s%n", count, kills,
          answers.count(), count - answers.count(), answers.again(), (System.nanoTime() - started) / 1e9);
      return answers.count() == count && answers.again() == 0;
    } finally {
      instances.forEach(Process::destroyForcibly);
    }
  }

  /** Not faster than the workers, so that the topic does not outgrow the machine; until it is interrupted. */
  private static void publish(Requests requests, Answers answers, int count) {
    for (int first = 0; first < count; first += 1_000) {
      while (first - answers.count() > WINDOW) {
        if (Thread.interrupted()) {
          return;
        }
        LockSupport.parkNanos(1_000_000);
      }
      requests.publish(first, Math.min(1_000, count - first));
    }
  }

  private void killOne() throws Exception {
    int victim = random.nextInt(INSTANCES);
    instances.get(victim).destroyForcibly().waitFor();
    kills++;
    instances.set(victim, start(victim));
  }

  private Process start(int instance) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
        "-cp", System.getProperty("java.class.path"), HopProcess.class.getName(), kafka.bootstrapServers());
    builder.environment().put("OFFSHOOT_SLOT", "kill-" + instance);
    return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
  }
}
