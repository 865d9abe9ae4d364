package dev.offshoot.reporter;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.wire.Json;

/** The report as programs read it. Times are ISO 8601, durations milliseconds; what is unknown is left out. */
final class JsonReport {
  private JsonReport() {}

  static byte[] of(DeltaReport report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("verdict", report.verdict());
    root.put("result", report.run().failure().isPresent() ? "failed" : "migrated");
    root.put("environment", report.subject().origin().environment().value());
    root.put("incarnation", report.subject().incarnation().number());
    root.put("repository", report.subject().origin().repository().value());
    root.put("branch", report.subject().origin().ref().branch());
    report.subject().commit().map(Commit::id).ifPresent(commit -> root.put("commit", commit));
    root.put("snapshot", snapshot(report));
    root.put("version", report.run().version());
    root.put("applied", report.run().applied().stream().map(JsonReport::applied).toList());
    report.run().failure().ifPresent(failure -> root.put("failure", failure(failure)));
    root.put("schema", difference(report.difference()));
    root.put("notChecked", DeltaReport.NOT_CHECKED);
    root.put("writtenAt", report.at().toString());
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Maps of texts and numbers can always be written", e);
    }
  }

  private static Map<String, Object> snapshot(DeltaReport report) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("epoch", report.snapshot().epoch().value());
    report.snapshot().takenAt().ifPresent(taken -> {
      node.put("takenAt", taken.toString());
      node.put("ageMillis", Duration.between(taken, report.at()).toMillis());
    });
    return node;
  }

  private static Map<String, Object> applied(AppliedMigration one) {
    return Map.of("version", one.version(), "description", one.description(), "script", one.script(),
        "tookMillis", one.took().toMillis());
  }

  private static Map<String, Object> failure(MigrationFailure failure) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("reason", failure.reason());
    failure.script().ifPresent(script -> node.put("script", script));
    failure.line().ifPresent(line -> node.put("line", line));
    failure.statement().ifPresent(statement -> node.put("statement", statement));
    failure.sqlState().ifPresent(state -> node.put("sqlState", state));
    return node;
  }

  private static Map<String, Object> difference(SchemaDifference difference) {
    return switch (difference) {
      case SchemaDifference.NotCompared not -> Map.of("compared", false, "why", not.why());
      case SchemaDifference.Compared compared -> Map.of("compared", true, "changes", changes(compared.changes()),
          "sql", compared.sql(), "remarks", compared.remarks());
    };
  }

  private static List<Map<String, String>> changes(List<SchemaDifference.Change> changes) {
    return changes.stream()
        .map(change -> Map.of("kind", change.kind().name(), "type", change.type(), "name", change.name()))
        .toList();
  }
}
