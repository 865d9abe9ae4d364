package dev.offshoot.cli.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

/** Events of many partitions in one sequence. */
public final class History {
  private History() {}

  /** An environment's events of one topic: they keep their order whatever the clocks of the workers say. */
  private record Strand(EnvironmentId environment, boolean request) {
    static Strand of(Message message) {
      return new Strand(message.environment(), isRequest(message.event()));
    }

    private static boolean isRequest(Event event) {
      return switch (event) {
        case Request _ -> true;
        case LifecycleEvent _ -> false;
      };
    }
  }

  private record Placed(Message message, Instant notBefore) {}

  /** By time, as far as the order of each environment's events allows. */
  public static List<Message> inOrder(List<Message> read) {
    Map<Strand, Instant> reached = new HashMap<>();
    List<Placed> placed = new ArrayList<>();
    for (Message message : read) {
      Instant time = reached.merge(Strand.of(message), message.time(), (a, b) -> a.isAfter(b) ? a : b);
      placed.add(new Placed(message, time));
    }
    return placed.stream().sorted(Comparator.comparing(Placed::notBefore)).map(Placed::message).toList();
  }
}
