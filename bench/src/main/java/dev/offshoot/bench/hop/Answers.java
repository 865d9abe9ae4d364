package dev.offshoot.bench.hop;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.wire.KafkaClients;

/** Notes when a reader of committed records first sees the answer to each numbered request, and how often one comes again. */
final class Answers implements AutoCloseable {
  /** A copy carries the request's id as its own, an event as its cause. */
  private static final Pattern NUMBER = Pattern.compile("\"(?:id|cause)\":\"bench-([0-9]+)\"");

  private final Consumer<String, byte[]> consumer;
  private final AtomicLongArray times;
  private final BitSet seen = new BitSet();
  private final Thread thread = Thread.ofPlatform().daemon().name("answers").unstarted(this::read);
  private int count;
  private int again;
  private volatile boolean closed;

  private Answers(Consumer<String, byte[]> consumer, int requests) {
    this.consumer = consumer;
    this.times = new AtomicLongArray(requests);
  }

  /**
   * Starts reading a topic from its beginning.
   *
   * @param requests how many numbers there are
   */
  static Answers reading(KafkaConfig kafka, String topic, int requests) {
    Consumer<String, byte[]> consumer = KafkaClients.reader(kafka);
    List<TopicPartition> all = IntStream.range(0, kafka.partitions()).mapToObj(p -> new TopicPartition(topic, p)).toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    Answers answers = new Answers(consumer, requests);
    answers.thread.start();
    return answers;
  }

  private void read() {
    while (!closed) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        Matcher matcher = NUMBER.matcher(new String(record.value(), StandardCharsets.UTF_8));
        if (matcher.find()) {
          note(Integer.parseInt(matcher.group(1)), System.nanoTime());
        }
      }
    }
    consumer.close();
  }

  private synchronized void note(int number, long now) {
    if (seen.get(number)) {
      again++;
      return;
    }
    seen.set(number);
    times.set(number, now);
    count++;
    notifyAll();
  }

  /** When the answer was seen, as {@link System#nanoTime()}; of one that has come. */
  long time(int number) {
    return times.get(number);
  }

  /** Waits until so many different ones have come; false when they have not within the patience. */
  synchronized boolean comeTo(int wanted, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (count < wanted && System.nanoTime() < deadline) {
      wait(200);
    }
    return count >= wanted;
  }

  /** How many requests were answered. */
  synchronized int count() {
    return count;
  }

  /** How many answers came to requests that had one. */
  synchronized int again() {
    return again;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
