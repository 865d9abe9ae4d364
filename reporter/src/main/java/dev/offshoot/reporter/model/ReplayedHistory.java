package dev.offshoot.reporter.model;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;

/**
 * A schema, Production's or Staging's, against what its own history makes of an empty database. What differs was changed there by hand.
 *
 * @param epoch the snapshot that was looked at
 * @param commit where the migrations were looked for: the default branch's tip then
 * @param migrations how many the history says were applied, and were applied again
 * @param changes what of the history the commit lacks or has otherwise, in sentences; then nothing was run
 * @param difference from what the history makes to what is there
 */
public record ReplayedHistory(
    EpochId epoch, Optional<Commit> commit, int migrations, List<String> changes, Part<SchemaDifference> difference) {
  public ReplayedHistory {
    changes = List.copyOf(changes);
  }

  /**
   * What was compared with what.
   *
   * @param place Production or Staging
   */
  public String comparison(String place) {
    return place + "'s snapshot " + epoch + " against an empty database after the " + migrations
        + (migrations == 1 ? " migration" : " migrations") + " that its history names, as the default branch has them"
        + commit.map(at -> " at " + at.brief()).orElse("") + ". What differs was changed in " + place + " by hand.";
  }

  /** Whether it is not what its history says. */
  public boolean drifted() {
    return !changes.isEmpty() || difference.found().filter(found -> !found.changes().isEmpty()).isPresent();
  }
}
