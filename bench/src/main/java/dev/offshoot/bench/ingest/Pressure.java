package dev.offshoot.bench.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import dev.offshoot.bench.hop.Latencies;

/** So many connections, each of which sends its next delivery when the last one is answered. */
final class Pressure {
  private final Subject subject;
  private final Deliveries deliveries;
  private final int connections;
  private final AtomicLong next = new AtomicLong();

  Pressure(Subject subject, Deliveries deliveries, int connections) {
    this.subject = subject;
    this.deliveries = deliveries;
    this.connections = connections;
  }

  /**
   * What came of it.
   *
   * @param accepted answered 2xx
   * @param others answered otherwise
   */
  record Outcome(double seconds, long accepted, long others, Latencies latencies) {
    String cells() {
      return String.format(Locale.ROOT, "%.0f | %s | %d", accepted / seconds, latencies.cells(), others);
    }
  }

  Outcome run(double seconds) throws Exception {
    long began = System.nanoTime();
    long end = began + Math.round(seconds * 1e9);
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      Callable<Sent> connection = () -> send(end);
      List<Sent> all = new ArrayList<>();
      for (Future<Sent> each : threads.invokeAll(Collections.nCopies(connections, connection))) {
        all.add(each.get());
      }
      double took = (System.nanoTime() - began) / 1e9;
      long[] times = all.stream().flatMapToLong(sent -> sent.times().stream().mapToLong(Long::longValue)).toArray();
      return new Outcome(took, all.stream().mapToLong(Sent::accepted).sum(), all.stream().mapToLong(Sent::others).sum(),
          Latencies.of(times.length == 0 ? LongStream.of(0).toArray() : times));
    }
  }

  private record Sent(List<Long> times, long accepted, long others) {}

  private Sent send(long end) throws IOException {
    List<Long> times = new ArrayList<>();
    long accepted = 0;
    long others = 0;
    try (Connection connection = Connection.open(subject.port())) {
      while (System.nanoTime() < end) {
        byte[] request = deliveries.request(next.getAndIncrement());
        long sent = System.nanoTime();
        int code = connection.send(request).code();
        times.add(System.nanoTime() - sent);
        if (code / 100 == 2) {
          accepted++;
        } else {
          others++;
        }
      }
    }
    return new Sent(times, accepted, others);
  }
}
