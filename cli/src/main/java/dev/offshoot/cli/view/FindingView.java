package dev.offshoot.cli.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.offshoot.reporter.lint.Finding;
import dev.offshoot.reporter.lint.Rule;
import dev.offshoot.reporter.lint.Severity;
import dev.offshoot.reporter.lint.Silence;

/** Findings and rules as people and programs read them. */
public final class FindingView {
  private FindingView() {}

  /** One line, as compilers write them, so that editors find the place. */
  public static String line(Finding finding) {
    String weight = finding.silenced().isPresent() ? "silenced" : finding.severity().label();
    String object = finding.object().map(name -> " (" + name + ")").orElse("");
    String why = finding.silenced().map(Silence::reason).orElse(finding.why());
    return Harmless.line(finding.script() + ":" + finding.line() + ": " + weight + " " + finding.id() + object + ": " + why);
  }

  public static Map<String, Object> json(Finding finding) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("rule", finding.id().value());
    node.put("severity", finding.severity().label());
    node.put("script", finding.script());
    node.put("line", finding.line());
    finding.object().ifPresent(object -> node.put("object", object));
    node.put("statement", finding.place().statement());
    node.put("why", finding.why());
    node.put("saferWay", finding.saferWay());
    finding.silenced().ifPresent(silence -> node.put("silenced", silence.reason()));
    return node;
  }

  public static Map<String, Object> json(Rule rule) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("rule", rule.id().value());
    node.put("severity", rule.severity().label());
    node.put("onDemand", rule.onDemand());
    node.put("ofSquawk", rule.origin() != Rule.Origin.OFFSHOOT);
    node.put("detects", rule.advice().detects());
    node.put("why", rule.advice().why());
    node.put("saferWay", rule.advice().saferWay());
    return node;
  }

  /** For example {@code 2 needs-dba, 1 warn, 1 silenced}. */
  public static String counts(List<Finding> findings) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Severity severity : List.of(Severity.BLOCKED, Severity.NEEDS_DBA, Severity.WARN)) {
      counts.put(severity.label(), findings.stream()
          .filter(each -> each.silenced().isEmpty() && each.severity() == severity).count());
    }
    counts.put("silenced", findings.stream().filter(each -> each.silenced().isPresent()).count());
    counts.values().removeIf(count -> count == 0);
    return String.join(", ", counts.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).toList());
  }
}
