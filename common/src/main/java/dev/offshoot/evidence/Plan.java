package dev.offshoot.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What the commit's migrations meant for the database as it was.
 *
 * @param base the newest version in the schema history before the run; empty when there was none
 * @param reached the newest one after it
 * @param changes what of the history the commit does not go with: why it is a rebuild, or a failure
 * @param rebuilt why this incarnation was made in place of another; empty when it was not
 */
public record Plan(PlanDecision decision, String base, String reached, List<HistoryChange> changes, Optional<String> rebuilt) {
  public Plan {
    changes = List.copyOf(changes);
  }
}
