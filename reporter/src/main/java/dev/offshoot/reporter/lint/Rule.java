package dev.offshoot.reporter.lint;

/** Something that may be wrong with a statement. */
public record Rule(RuleId id, Severity severity, Origin origin, Advice advice) {
  /** Whose rule it is. */
  public enum Origin {
    /** Squawk has it under the same name. */
    SQUAWK,
    /** The same, and only looked for when asked. */
    SQUAWK_ON_DEMAND,
    OFFSHOOT
  }

  /**
   * What people are told.
   *
   * @param detects half a sentence for a table of rules
   * @param why what may go wrong
   * @param saferWay what to write instead
   */
  public record Advice(String detects, String why, String saferWay) {}

  public boolean onDemand() {
    return origin == Origin.SQUAWK_ON_DEMAND;
  }

  static Rule squawk(String id, Severity severity, String detects, String why, String saferWay) {
    return new Rule(new RuleId(id), severity, Origin.SQUAWK, new Advice(detects, why, saferWay));
  }

  static Rule onDemand(String id, Severity severity, String detects, String why, String saferWay) {
    return new Rule(new RuleId(id), severity, Origin.SQUAWK_ON_DEMAND, new Advice(detects, why, saferWay));
  }

  static Rule own(String id, Severity severity, String detects, String why, String saferWay) {
    return new Rule(new RuleId(id), severity, Origin.OFFSHOOT, new Advice(detects, why, saferWay));
  }
}
