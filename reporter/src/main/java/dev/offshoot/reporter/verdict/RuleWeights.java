package dev.offshoot.reporter.verdict;

import java.util.List;

import dev.offshoot.config.ReportPolicy.Consequence;

/** What a linter's finding counts for where the policy says nothing: what is a matter of taste is only told. */
final class RuleWeights {
  private static final List<String> TASTE =
      List.of("prefer-", "ban-char-field", "require-table-schema", "require-enum-value-ordering", "unused-ignore",
          "require-lock-timeout", "require-statement-timeout", "require-timeout-settings", "identifier-too-long");

  private RuleWeights() {}

  static Consequence of(String rule) {
    return TASTE.stream().anyMatch(rule::startsWith) ? Consequence.NOTE : Consequence.NEEDS_DBA;
  }
}
