package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.proof.check.Evidence.Applied;
import dev.offshoot.proof.check.Evidence.Tree;
import dev.offshoot.proof.check.Expectation.Fate;

/** I7 and I10: every environment has come to an end of its way, and is what it is said to be. */
final class SettledRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    for (String environment : evidence.history().branchEnvironments()) {
      Intention intention = evidence.history().intention(environment);
      if (intention.is(Intention.STANDING)) {
        standing(environment, evidence, expectation.fate(evidence.history().branch(environment)), found);
      } else if (!intention.is(Intention.DESTROYED)) {
        String failure = evidence.history().newest(environment, History.PRESENCE).path("failure").asText("");
        found.add(unsettled(environment, "is still " + intention + (failure.isEmpty() ? "" : ": " + failure)));
      }
    }
    return found.stream();
  }

  private static void standing(String environment, Evidence evidence, Fate fate, List<Violation> found) {
    History history = evidence.history();
    JsonNode schema = history.newest(environment, "schema");
    JsonNode presence = history.newest(environment, History.PRESENCE);
    String commit = schema.path("commit").asText("");
    boolean current = schema.path("incarnation").asLong() == history.intention(environment).incarnation();
    if (!current || !commit.equals(presence.path("tip").asText(""))) {
      found.add(unsettled(environment, "is still migrating to " + presence.path("tip") + ", the schema is at '" + commit + "'"));
      return;
    }
    String failure = schema.path("failure").path("reason").asText("");
    boolean broken = fate == Fate.BROKEN;
    if (failure.isEmpty() == broken && fate != Fate.UNTOLD) {
      found.add(unsettled(environment, broken ? "says no failure of a commit that cannot be applied" : "failed: " + failure));
    }
    applied(environment, evidence, failure.isEmpty(), found);
    if (failure.isEmpty()) {
      reported(environment, evidence, commit, found);
    }
  }

  /** A failed commit leaves the migrations before the one that failed. */
  private static void applied(String environment, Evidence evidence, boolean complete, List<Violation> found) {
    Optional<String> database = evidence.history().newest(environment, "stores").path("coordinates").valueStream()
        .filter(store -> store.path("kind").asText().equals("POSTGRES")).map(store -> store.path("name").asText()).findFirst();
    if (database.isEmpty()) {
      return;
    }
    Tree tree = new Tree(evidence.history().branch(environment).repository(),
        evidence.history().newest(environment, "schema").path("commit").asText());
    Map<String, Long> wanted = evidence.git().migrations().getOrDefault(tree, Map.of());
    List<Applied> rows = evidence.postgres().applied().getOrDefault(database.get(), List.of());
    Map<String, Long> done = rows.stream().filter(Applied::success)
        .collect(Collectors.toMap(Applied::script, Applied::checksum, (earlier, later) -> later));
    boolean holds = complete ? done.equals(wanted) : wanted.entrySet().containsAll(done.entrySet());
    if (!holds || (complete && rows.size() != done.size())) {
      found.add(new Violation(Invariant.MIGRATIONS, environment, "database " + database.get() + " has " + rows + " and commit "
          + tree.commit() + " has " + wanted));
    }
  }

  private static void reported(String environment, Evidence evidence, String commit, List<Violation> found) {
    JsonNode report = evidence.history().newest(environment, "report");
    String blob = report.path("blob").asText("");
    if (!report.path("commit").asText("").equals(commit)
        || report.path("incarnation").asLong() != evidence.history().intention(environment).incarnation()) {
      found.add(unsettled(environment, "has no report of " + commit + ", the newest is of " + report.path("commit")));
    } else if (evidence.files().blobs().stream().noneMatch(key -> key.startsWith(blob + "."))) {
      found.add(unsettled(environment, "has a report that is not in the blob store: " + blob));
    }
  }

  private static Violation unsettled(String environment, String what) {
    return new Violation(Invariant.SETTLED, environment, what);
  }
}
