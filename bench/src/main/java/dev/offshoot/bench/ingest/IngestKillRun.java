package dev.offshoot.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.offshoot.bench.Folders;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.EmbeddedKafka;
import dev.offshoot.embedded.KafkaSettings;
import dev.offshoot.process.FreePorts;
import dev.offshoot.wire.Topics;

/**
 * A million deliveries to a webhook-ingest that is killed again and again. What is not answered 202 is sent again under the same id. Ends
 * with status 1 when an event that was answered 202 is not on the topic.
 */
public final class IngestKillRun {
  private static final int CONNECTIONS = 32;
  /** So many answers at least between two kills, and up to twice as many. */
  private static final int LEAST = 10_000;
  private static final int ACCEPTED = 202;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Pattern EVENT = Pattern.compile("\"event\":\"([^\"]+)\"");

  private final KafkaConfig kafka;
  private final Path folder;
  private final int port = FreePorts.choose();
  private final Deliveries deliveries = new Deliveries("/webhooks/shop", Subject.repository());
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong sentAgain = new AtomicLong();

  private IngestKillRun(KafkaConfig kafka, Path folder) {
    this.kafka = kafka;
    this.folder = folder;
  }

  /** @param arguments how many deliveries, and the seed of the kills */
  public static void main(String[] arguments) throws Exception {
    long count = Long.parseLong(arguments[0]);
    Path folder = Files.createTempDirectory("offshoot-bench-").toRealPath();
    boolean clean;
    try (EmbeddedKafka server = EmbeddedKafka.start(folder.resolve("kafka"), FreePorts.choose(), KafkaSettings.defaults().withoutFlush())) {
      KafkaConfig kafka = KafkaConfig.at(server.bootstrapServers());
      Topics.ensure(kafka);
      clean = new IngestKillRun(kafka, folder).run(count, new Random(Long.parseLong(arguments[1])));
    } finally {
      Folders.delete(folder);
    }
    System.exit(clean ? 0 : 1);
  }

  private boolean run(long count, Random random) throws Exception {
    long began = System.nanoTime();
    int kills = 0;
    Subject ingest = Subject.ingest(kafka, folder, port).awaited();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<? extends Future<?>> senders = IntStream.range(0, CONNECTIONS).mapToObj(_ -> threads.submit(new Sender(count))).toList();
      long due = (long) LEAST + random.nextInt(LEAST);
      while (!senders.stream().allMatch(Future::isDone)) {
        if (accepted.size() >= due && due < count) {
          ingest.close();
          ingest = Subject.ingest(kafka, folder, port);
          kills++;
          due = (long) accepted.size() + LEAST + random.nextInt(LEAST);
          System.err.printf(Locale.ROOT, "%,d of %,d accepted, %d kills%n", accepted.size(), count, kills);
        }
        if (!ingest.isAlive()) {
          threads.shutdownNow(); // nobody accepts the rest, and the senders would try for ever
          throw new IllegalStateException("It died by itself: " + ingest.lastLines());
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    } finally {
      ingest.close();
    }
    PublishedEvents found = PublishedEvents.of(kafka);
    long lost = accepted.stream().filter(event -> !found.ids().contains(event)).count();
    System.out.printf(Locale.ROOT, "%,d deliveries, %d kills, %,d sent again: %,d answered 202, %,d of them lost, %,d on the topic, "
        + "%,d of them twice; %.0f s%n", count, kills, sentAgain.get(), accepted.size(), lost, found.ids().size(), found.again(),
        (System.nanoTime() - began) / 1e9);
    return lost == 0 && accepted.size() == count;
  }

  /** One connection, and another one when the server has gone. */
  private final class Sender implements Runnable {
    private final long count;
    private Optional<Connection> connection = Optional.empty();

    Sender(long count) {
      this.count = count;
    }

    @Override
    public void run() {
      for (long number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
        byte[] request = deliveries.request(number);
        while (!isAccepted(request)) {
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
          sentAgain.incrementAndGet();
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }

    private boolean isAccepted(byte[] request) {
      try {
        Connection open = connection.isPresent() ? connection.get() : Connection.open(port);
        connection = Optional.of(open);
        Connection.Answer answer = open.send(request);
        Matcher event = EVENT.matcher(answer.body());
        return answer.code() == ACCEPTED && event.find() && accepted.add(event.group(1));
      } catch (IOException e) {
        connection = Optional.empty();
        return false;
      }
    }
  }
}
