package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** What the workers remember by: versions of values, and their places in the lanes. */
final class CountedRule implements Rules.Rule {
  private static final String CURSOR = "cursor.";

  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    History history = evidence.history();
    for (List<Entry> entries : history.entries().values()) {
      versions(entries, found);
      if (entries.getLast().facet().startsWith(CURSOR)) {
        places(entries, history, found);
      }
    }
    history.events().forEach(event -> basis(event, history, found));
    return found.stream();
  }

  private static void versions(List<Entry> entries, List<Violation> found) {
    long version = 0;
    for (Entry entry : entries) {
      if (entry.version() != version + 1) {
        found.add(violation(entry, "follows version " + version));
      }
      version = entry.version();
    }
  }

  private static void places(List<Entry> cursors, History history, List<Violation> found) {
    String topic = "";
    long offset = -1;
    long sequence = 0;
    for (Entry cursor : cursors) {
      long next = cursor.value().path("offset").asLong();
      if (cursor.value().path("topicId").asText().equals(topic) && next < offset) {
        found.add(violation(cursor, "goes back from offset " + offset + " to " + next));
      }
      if (cursor.value().path("sequence").asLong() < sequence) {
        found.add(violation(cursor, "goes back from sequence " + sequence));
      }
      topic = cursor.value().path("topicId").asText();
      offset = next;
      sequence = cursor.value().path("sequence").asLong();
    }
    Entry last = cursors.getLast();
    String source = "/offshoot/" + last.facet().substring(CURSOR.length());
    long said = history.events(last.environment()).stream().filter(event -> event.source().equals(source)).count();
    if (sequence != said) {
      found.add(violation(last, "tells of " + sequence + " events and " + source + " said " + said));
    }
  }

  /** What an event says it rests on was committed with it or before. */
  private static void basis(Said event, History history, List<Violation> found) {
    for (Map.Entry<String, JsonNode> facet : event.custom().path("facets").properties()) {
      List<Entry> entries = history.entries(event.environment(), facet.getKey());
      if (entries.isEmpty() || entries.getLast().version() < facet.getValue().asLong()) {
        found.add(new Violation(Invariant.COUNTED, event.environment(),
            event.at() + " rests on " + facet.getKey() + " version " + facet.getValue() + ", which was never written"));
      }
    }
  }

  private static Violation violation(Entry entry, String what) {
    return new Violation(Invariant.COUNTED, entry.environment(), entry.at() + " " + what);
  }
}
