package dev.offshoot.proof.check;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.offshoot.proof.check.Expectation.Branch;
import dev.offshoot.proof.check.Expectation.Position;

/** What all topics hold, each partition in its order. */
final class History {
  static final String REQUESTS = "offshoot.requests";
  static final String ENVIRONMENTS = "offshoot.environments";
  static final String STATE = "offshoot.state";
  static final String DEAD_LETTERS = "offshoot.dead-letters";
  static final String PRESENCE = "presence";

  private final List<Line> lines;
  private final Map<String, List<Entry>> entries;

  History(List<Line> lines) {
    this.lines = lines.stream()
        .sorted(Comparator.comparing((Line line) -> line.position().topic()).thenComparingInt(line -> line.position().partition())
            .thenComparingLong(line -> line.position().offset()))
        .toList();
    this.entries = this.lines.stream().filter(line -> line.position().topic().equals(STATE) && line.key().contains("/"))
        .map(line -> new Entry(line, line.key().substring(0, line.key().indexOf('/')), line.key().substring(line.key().indexOf('/') + 1)))
        .collect(Collectors.groupingBy(entry -> entry.line().key(), TreeMap::new, Collectors.toList()));
  }

  /** The same without these records. */
  History without(Set<Position> poison) {
    return new History(lines.stream().filter(line -> !poison.contains(line.position())).toList());
  }

  List<Line> of(String topic) {
    return lines.stream().filter(line -> line.position().topic().equals(topic)).toList();
  }

  List<Said> requests() {
    return of(REQUESTS).stream().map(Said::new).toList();
  }

  List<Said> events() {
    return of(ENVIRONMENTS).stream().map(Said::new).toList();
  }

  List<Said> events(String environment) {
    return events().stream().filter(event -> event.environment().equals(environment)).toList();
  }

  /** The values of each key, oldest first. */
  Map<String, List<Entry>> entries() {
    return entries;
  }

  List<Entry> entries(String environment, String facet) {
    return entries.getOrDefault(environment + '/' + facet, List.of());
  }

  /** The newest value; a missing node where there is none. */
  JsonNode newest(String environment, String facet) {
    List<Entry> all = entries(environment, facet);
    return all.isEmpty() ? MissingNode.getInstance() : all.getLast().value();
  }

  /** All that have a presence. */
  Set<String> environments() {
    Set<String> names = new TreeSet<>();
    entries.values().stream().map(List::getLast).filter(entry -> entry.facet().equals(PRESENCE)).map(Entry::environment)
        .forEach(names::add);
    return names;
  }

  /** Those of branches: made, and destroyed with a backup. */
  List<String> branchEnvironments() {
    return made().stream().filter(name -> !isRehearsal(name)).toList();
  }

  /** Trial runs on Production's snapshots: made, and destroyed without one. */
  List<String> rehearsals() {
    return made().stream().filter(History::isRehearsal).toList();
  }

  /** Those that are made and destroyed. */
  List<String> made() {
    return environments().stream().filter(name -> !intention(name).is(Intention.DECLARED)).toList();
  }

  private static boolean isRehearsal(String name) {
    return name.contains("~");
  }

  Intention intention(String environment) {
    return Intention.of(newest(environment, PRESENCE));
  }

  List<Intention> intentions(String environment) {
    return entries(environment, PRESENCE).stream().map(entry -> Intention.of(entry.value())).toList();
  }

  Branch branch(String environment) {
    JsonNode origin = newest(environment, PRESENCE).path("origin");
    return new Branch(origin.path("repository").asText(), origin.path("ref").asText());
  }

  /** The rehearsal that a resource's name ends in the hash of. */
  Optional<String> rehearsalWithHash(String hash) {
    return environments().stream().filter(name -> name.endsWith("~" + hash)).findFirst();
  }

  /** The environment that a resource's name ends in the hash of. */
  Optional<String> withHash(String hash) {
    return environments().stream().filter(name -> name.endsWith("-" + hash)).findFirst();
  }
}
