package dev.offshoot.environment;

import java.util.List;
import java.util.Optional;

/**
 * Why a report does not simply pass, small enough for the state table, so that it can be told without reading the report.
 *
 * @param gravest the gravest first, at most {@value #MOST}; notes are none
 * @param more how many further ones the report has
 */
public record Reasons(List<Reason> gravest, int more) {
  public static final int MOST = 5;
  private static final int LONGEST = 300;

  public Reasons {
    gravest = List.copyOf(gravest);
  }

  /** As far as there is room. */
  public static Reasons of(List<Reason> all) {
    List<Reason> gravest = all.stream().limit(MOST)
        .map(reason -> new Reason(reason.id(), cut(reason.text()), reason.where().map(Reasons::cut))).toList();
    return new Reasons(gravest, all.size() - gravest.size());
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /**
   * One of them.
   *
   * @param id as the repository's policy names it
   * @param where file and line; empty where it is about the whole
   */
  public record Reason(String id, String text, Optional<String> where) {}
}
