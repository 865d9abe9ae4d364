package dev.offshoot.reporter.lint;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All rules. */
public final class Rules {
  static final List<Check> CHECKS = Stream.of(ColumnRules.CHECKS, ConstraintRules.CHECKS, IndexRules.CHECKS,
      DropRules.CHECKS, DataRules.CHECKS, TransactionRules.CHECKS, TimeoutRules.CHECKS, TypeRules.CHECKS)
      .flatMap(List::stream).toList();
  private static final List<Rule> ALL =
      Stream.concat(CHECKS.stream().map(Check::rule), ReadingRules.ALL.stream()).toList();
  /** Names that squawk has given up, or has for what is one rule here. */
  private static final Map<String, List<String>> ALIASES = Map.of(
      "require-timeout-settings", List.of("require-lock-timeout", "require-statement-timeout"),
      "prefer-big-int", List.of("prefer-bigint-over-int", "prefer-bigint-over-smallint"),
      "syntax-error", List.of("could-not-be-read"));

  private Rules() {}

  public static List<Rule> all() {
    return ALL;
  }

  /** The rules of that name; empty where it is nobody's. */
  public static List<Rule> named(String name) {
    List<String> names = ALIASES.getOrDefault(name, List.of(name));
    return ALL.stream().filter(rule -> names.contains(rule.id().value())).toList();
  }
}
