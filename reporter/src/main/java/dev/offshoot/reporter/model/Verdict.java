package dev.offshoot.reporter.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import dev.offshoot.config.ReportReason;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.Reasons;

/**
 * What to make of a report.
 *
 * @param reasons the gravest first; notes too
 * @param summary one line for people
 */
public record Verdict(Judgement judgement, List<Reason> reasons, String summary) {
  /** Notes that whoever wrote the migrations is to hear of at once: somebody else may bring them about, or they look as if they were heeded. */
  private static final Set<String> TOLD = Set.of(ReportReason.SAME_VERSION.id(), ReportReason.SAME_TABLE.id(),
      ReportReason.CONFIGURATION_NOT_HEEDED.id());

  public Verdict {
    reasons = List.copyOf(reasons);
  }

  /** What counts against it and what people should see at once, as the state keeps it. */
  public Reasons gravest() {
    return Reasons.of(kept(reason -> reason.weight() != Weight.NOTE),
        kept(reason -> reason.weight() == Weight.NOTE && TOLD.contains(reason.id())));
  }

  private List<Reasons.Reason> kept(Predicate<Reason> which) {
    return reasons.stream().filter(which).map(reason -> new Reasons.Reason(reason.id(), reason.text(), reason.where())).toList();
  }

  /**
   * Why.
   *
   * @param id for programs and for the policy, such as {@code lock-blocks-writes} or {@code lint/ban-drop-column}
   * @param where file and line; empty where it is about the whole
   */
  public record Reason(String id, Weight weight, String text, Optional<String> where) {}

  /** How much a reason counts. */
  public enum Weight {
    NOTE,
    NEEDS_DBA,
    BLOCKS
  }
}
