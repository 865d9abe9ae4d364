package dev.offshoot.reporter;

import java.util.Set;
import java.util.TreeSet;

import dev.offshoot.environment.Touches;
import dev.offshoot.evidence.LockMode;
import dev.offshoot.evidence.Relation;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.Trial;

/** Which tables a branch changes: those that differ, and those that were locked for writing or worse. */
final class Touched {
  private static final Set<String> BELONGING = Set.of("INDEX", "CONSTRAINT", "TRIGGER", "RULE", "POLICY", "COLUMN");

  private Touched() {}

  static Set<String> tables(Part<SchemaDifference> schema, Part<Trial> trial) {
    Set<String> tables = new TreeSet<>();
    schema.found().ifPresent(difference -> difference.changes().items().forEach(change -> {
      if (change.type().equals("TABLE")) {
        tables.add(change.name());
      } else if (BELONGING.contains(change.type()) && change.name().contains(".")) {
        tables.add(change.name().substring(0, change.name().lastIndexOf('.')));
      }
    }));
    trial.found().ifPresent(run -> run.locks()
        .filter(lock -> lock.mode().compareTo(LockMode.ROW_EXCLUSIVE) >= 0)
        .filter(lock -> lock.relation().kind() == Relation.Kind.TABLE
            || lock.relation().kind() == Relation.Kind.PARTITIONED_TABLE)
        .forEach(lock -> tables.add(lock.relation().name().replace("\"", ""))));
    return tables;
  }

  static Touches of(Findings findings) {
    return Touches.of(
        findings.plan().migrations().items().stream().map(Plan.Migration::version).filter(v -> !v.isEmpty()).toList(),
        tables(findings.schema(), findings.trial()));
  }
}
