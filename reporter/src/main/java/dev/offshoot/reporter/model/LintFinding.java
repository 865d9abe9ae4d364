package dev.offshoot.reporter.model;

import java.util.Optional;

import dev.offshoot.reporter.lint.Severity;

/**
 * What a rule says of a statement, and what the trial run says about it.
 *
 * @param rule its id, squawk's where it is one of squawk's
 * @param severity how much it weighs by itself; the policy may see it otherwise
 * @param advice what makes it risky, and the safer way
 * @param weight what was measured, as a sentence; empty where nothing was
 * @param silenced the reason given in the file; empty where it counts
 */
public record LintFinding(
    String rule, String script, int line, Severity severity, Advice advice, Optional<String> weight, Optional<String> silenced) {

  /** A rule's words. */
  public record Advice(String title, String why, String instead) {}
}
