package dev.offshoot.proof.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.proof.check.Expectation.Branch;
import dev.offshoot.proof.check.Expectation.Delivery;
import dev.offshoot.proof.check.Expectation.Position;

/** I6, I8 and the dead letters: what comes in, and what must not get out. */
final class OutsideRule implements Rules.Rule {
  private static final String LETTER = "offshoot_dead_letter_";

  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    Set<String> requests = evidence.history().requests().stream()
        .map(request -> request.source() + ' ' + request.id()).collect(Collectors.toSet());
    for (Delivery delivery : expectation.acknowledged()) {
      if (!requests.contains("/offshoot/webhooks/" + delivery.repository() + ' ' + id(delivery))) {
        found.add(new Violation(Invariant.ACKNOWLEDGED, delivery.repository(),
            "delivery " + delivery.id() + " was acknowledged and is lost"));
      }
    }
    evidence.leaks().forEach(leak -> found.add(new Violation(Invariant.SECRETS, leak.where(), "holds " + leak.what())));
    letters(evidence.history(), expectation, found);
    return found.stream();
  }

  /** The same delivery always leads to the same id. */
  static String id(Delivery delivery) {
    String text = "delivery " + delivery.repository() + ' ' + delivery.id();
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static void letters(History history, Expectation expectation, List<Violation> found) {
    Map<String, Line> once = new HashMap<>();
    Set<Position> buried = history.of(History.DEAD_LETTERS).stream().map(OutsideRule::origin).collect(Collectors.toSet());
    Set<Position> refused = refusedCommits(history);
    refused.addAll(refusedRequests(history, expectation.refused()));
    for (Line letter : history.of(History.DEAD_LETTERS)) {
      Position origin = origin(letter);
      if (!expectation.poison().contains(origin) && !refused.contains(origin)) {
        found.add(new Violation(Invariant.DEAD_LETTERS, letter.key(), origin + " is a dead letter: " + letter.header(LETTER + "reason")));
      }
      Line before = once.putIfAbsent(letter.header(LETTER + "worker") + ' ' + origin, letter);
      if (before != null) {
        found.add(new Violation(Invariant.DEAD_LETTERS, letter.key(), origin + " is a dead letter twice, at " + before.position()
            + " and " + letter.position()));
      }
    }
    expectation.poison().stream().filter(position -> !buried.contains(position))
        .forEach(position -> found.add(new Violation(Invariant.DEAD_LETTERS, position.topic(), position + " is no dead letter")));
  }

  /** What brought in a commit whose migrations a database refused: told as an event too. */
  private static Set<Position> refusedCommits(History history) {
    Set<String> causes = history.events().stream().filter(event -> event.is("migration.failed"))
        .map(event -> event.custom().path("cause").asText()).collect(Collectors.toSet());
    return history.events().stream().filter(event -> causes.contains(event.id())).map(event -> event.line().position())
        .collect(Collectors.toSet());
  }

  /** What was asked about these branches and led to a failure that was told as an event. */
  private static Set<Position> refusedRequests(History history, Set<Branch> branches) {
    Set<String> causes = history.events().stream().filter(event -> event.is("environment.failed"))
        .filter(event -> branches.contains(history.branch(event.environment())))
        .map(event -> event.custom().path("cause").asText()).collect(Collectors.toSet());
    return history.requests().stream().filter(request -> causes.contains(request.id())).map(request -> request.line().position())
        .collect(Collectors.toSet());
  }

  private static Position origin(Line letter) {
    return new Position(letter.header(LETTER + "topic"), number(letter.header(LETTER + "partition")),
        number(letter.header(LETTER + "offset")));
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }
}
