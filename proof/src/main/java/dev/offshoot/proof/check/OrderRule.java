package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** I5: what the page on the topics promises about the events of an environment. */
final class OrderRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    History history = evidence.history();
    Map<String, List<Said>> lanes = history.events().stream()
        .collect(Collectors.groupingBy(event -> event.environment() + " by " + event.source()));
    lanes.values().forEach(lane -> counted(lane, found));
    ids(history, found);
    causes(history, found);
    places(history, found);
    return found.stream();
  }

  private static void counted(List<Said> lane, List<Violation> found) {
    long sequence = 0;
    long incarnation = 0;
    for (Said event : lane) {
      if (event.sequence() != sequence + 1) {
        found.add(violation(event, "has sequence " + event.sequence() + " after " + sequence + " by " + event.source()));
      }
      if (event.incarnation() < incarnation) {
        found.add(violation(event, "is of incarnation " + event.incarnation() + " after one of " + incarnation));
      }
      sequence = event.sequence();
      incarnation = event.incarnation();
    }
  }

  /** The workers' results are exactly once; a delivery may be written down again, but not changed. */
  private static void ids(History history, List<Violation> found) {
    Map<String, Said> events = new HashMap<>();
    for (Said event : history.events()) {
      Said before = events.putIfAbsent(event.source() + ' ' + event.id(), event);
      if (before != null) {
        found.add(violation(event, "has the id of " + before.at()));
      }
    }
    Map<String, Said> requests = new HashMap<>();
    for (Said request : history.requests()) {
      Said before = requests.putIfAbsent(request.source() + ' ' + request.id(), request);
      if (before != null && !request.id().isEmpty() && !before.content().equals(request.content())) {
        found.add(violation(request, "has the id of " + before.at() + " and says something else"));
      }
    }
  }

  /** Whatever happens is because of something, and of each thing the same happens once in an incarnation. */
  private static void causes(History history, List<Violation> found) {
    Set<String> known = Stream.concat(history.requests().stream(), history.events().stream()).map(Said::id).collect(Collectors.toSet());
    Set<String> effects = new HashSet<>();
    for (Said event : history.events()) {
      String cause = event.custom().path("cause").asText("");
      if (!known.contains(cause)) {
        found.add(violation(event, "has a cause that nobody said: '" + cause + "'"));
      }
      if (!effects.add(event.source() + ' ' + event.type() + ' ' + event.incarnation() + ' ' + cause)) {
        found.add(violation(event, "is said a second time because of " + cause));
      }
    }
  }

  private static void places(History history, List<Violation> found) {
    Map<String, Integer> partitions = new HashMap<>();
    for (Said event : history.events()) {
      if (!event.line().key().equals(event.environment()) || !event.line().header("ce_partitionkey").equals(event.environment())) {
        found.add(violation(event, "has the key '" + event.line().key() + "'"));
      }
      Integer before = partitions.putIfAbsent(event.environment(), event.line().position().partition());
      if (before != null && before != event.line().position().partition()) {
        found.add(violation(event, "is not on partition " + before + " as those before"));
      }
    }
  }

  private static Violation violation(Said said, String what) {
    return new Violation(Invariant.ORDER, said.environment(), said.at() + " " + what);
  }
}
