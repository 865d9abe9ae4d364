package dev.offshoot.environment;

import java.util.List;
import java.util.Optional;

/**
 * Why a report does not simply pass, small enough for the state table, so that it can be told without reading the report.
 *
 * @param gravest the gravest first, at most {@value #MOST}; notes are none
 * @param more how many further ones the report has
 * @param notes what does not count against it and should be seen at once, as a collision with another branch, at most {@value #MOST};
 *     empty in what was written before there were any
 */
public record Reasons(List<Reason> gravest, int more, Optional<List<Reason>> notes) {
  public static final int MOST = 5;
  private static final int LONGEST = 300;

  public Reasons {
    gravest = List.copyOf(gravest);
    notes = notes.map(List::copyOf);
  }

  /** Without notes. */
  public Reasons(List<Reason> gravest, int more) {
    this(gravest, more, Optional.empty());
  }

  /** As far as there is room. */
  public static Reasons of(List<Reason> all, List<Reason> notes) {
    List<Reason> gravest = fitting(all);
    return new Reasons(gravest, all.size() - gravest.size(), Optional.of(fitting(notes)));
  }

  private static List<Reason> fitting(List<Reason> all) {
    return all.stream().limit(MOST).map(reason -> new Reason(reason.id(), cut(reason.text()), reason.where().map(Reasons::cut))).toList();
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
