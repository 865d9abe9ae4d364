package dev.offshoot.reporter.lint;

import java.util.Optional;

/**
 * A rule that a statement breaks. All texts but the rule's own come from a branch: quote them for the output's language.
 *
 * @param object the table, column, index or type, where it is known
 * @param detail what is to be said about this one; often empty
 */
public record Finding(Rule rule, Place place, Optional<String> object, String detail, Optional<Silence> silenced) {
  /**
   * Where it stands. Evidence of the measured run is joined by script, number and line.
   *
   * @param number of the statement in its script, counted from 1; 0 where it is of none
   * @param line where the statement starts, counted from 1
   * @param statement its beginning, at most 500 characters
   */
  public record Place(String script, int number, int line, String statement) {}

  public RuleId id() {
    return rule.id();
  }

  public Severity severity() {
    return rule.severity();
  }

  public String script() {
    return place.script();
  }

  public int line() {
    return place.line();
  }

  public String why() {
    return detail.isEmpty() ? rule.advice().why() : rule.advice().why() + " Here: " + detail + ".";
  }

  public String saferWay() {
    return rule.advice().saferWay();
  }

  /** Whether it counts: it is not silenced, and weighs at least that much. */
  public boolean counts(Severity atLeast) {
    return silenced.isEmpty() && severity().compareTo(atLeast) >= 0;
  }
}
