package dev.offshoot.reporter.lint;

import static dev.offshoot.reporter.lint.Rule.own;
import static dev.offshoot.reporter.lint.Rule.squawk;
import static dev.offshoot.reporter.lint.Severity.NEEDS_DBA;
import static dev.offshoot.reporter.lint.Severity.WARN;

import java.util.List;

/** What is not found by looking at what a statement does. */
final class ReadingRules {
  static final Rule COULD_NOT_BE_READ = own("could-not-be-read", NEEDS_DBA,
      "a statement that the parser does not understand",
      "No rule has seen this statement. It may be wrong, or right SQL that the parser does not know.",
      "Correct it if it is wrong; if it is right, look at it by hand and say so with a silence and its reason.");
  static final Rule IDENTIFIER_TOO_LONG = squawk("identifier-too-long", WARN,
      "a name of more than 63 bytes",
      "PostgreSQL cuts it, and only says so in a notice: the object has another name than the one that was written.",
      "Choose a shorter name.");
  static final Rule SILENCE_WITHOUT_REASON = own("silence-without-reason", WARN,
      "a comment that silences a rule and does not say why",
      "It silences nothing. The reason is what a DBA reads in the report.",
      "Write -- offshoot:allow RULE: reason on a line before the statement.");
  static final Rule UNKNOWN_RULE = own("unknown-rule", WARN,
      "a comment that silences a rule which does not exist",
      "The rule that was meant is not silenced.",
      "See 'offshoot lint --rules' for the names.");
  static final Rule UNUSED_IGNORE = squawk("unused-ignore", WARN,
      "a comment that silences what is not found",
      "It is left over, or was meant for another statement, and would hide what comes later.",
      "Remove it, or put it right before the statement it is for.");
  static final Rule FINDINGS_CUT = own("findings-cut", NEEDS_DBA,
      "more findings than are listed",
      "Not all of them are listed; what is not listed has not been looked at.",
      "Repair what is listed first, and run it again.");

  static final List<Rule> ALL = List.of(COULD_NOT_BE_READ, IDENTIFIER_TOO_LONG, SILENCE_WITHOUT_REASON, UNKNOWN_RULE,
      UNUSED_IGNORE, FINDINGS_CUT);

  private ReadingRules() {}
}
