package dev.offshoot.bench.hop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.offshoot.config.KafkaConfig;

/** Puts numbered requests on the topic and measures until their answers are seen. Numbers go on from load to load. */
final class Load implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int WINDOW = 2_000;

  private final Requests requests;
  private final Answers answers;
  private int next;
  private int open;

  Load(KafkaConfig kafka, Peer peer, int environments, int most) {
    this.requests = new Requests(kafka, environments);
    this.answers = Answers.reading(kafka, peer.answers(), most);
  }

  /** Publishes so many, a window at a time; the broker has them on return. */
  void publish(int count) {
    for (int done = 0; done < count; done += WINDOW) {
      requests.publish(next + done, Math.min(WINDOW, count - done));
    }
    next += count;
  }

  /** Waits for the answers to the last so many requests: how many a second came, from the first to the last. */
  double rate(int count) throws InterruptedException {
    awaitAnswers();
    long[] times = IntStream.range(next - count, next).mapToLong(answers::time).sorted().toArray();
    return (count - 1) / ((times[count - 1] - times[0]) / 1e9);
  }

  /** One at a time at a steady pace: the time of each from publishing to the answer being seen. */
  Latencies latencies(int count, Duration pace) throws InterruptedException {
    long[] sent = new long[count];
    long due = System.nanoTime();
    for (int i = 0; i < count; i++) {
      LockSupport.parkNanos(due - System.nanoTime());
      sent[i] = System.nanoTime();
      var _ = requests.publish(next + i);
      due += pace.toNanos();
    }
    int first = next;
    next += count;
    awaitAnswers();
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = answers.time(first + i) - sent[i];
    }
    return Latencies.of(times);
  }

  private void awaitAnswers() throws InterruptedException {
    if (!answers.comeTo(next - open, PATIENCE)) {
      throw new IllegalStateException("After " + PATIENCE + " only " + answers.count() + " of " + (next - open) + " answers were seen");
    }
  }

  /** Publishes one whose answer is not waited for. */
  void open() {
    requests.publish(next).join();
    next++;
    open++;
  }

  @Override
  public void close() throws InterruptedException {
    requests.close();
    answers.close();
  }
}
