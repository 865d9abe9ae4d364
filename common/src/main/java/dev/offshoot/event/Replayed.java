package dev.offshoot.event;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.EpochId;

/**
 * What came of running again, on an empty database, what the schema history of one of Production's epochs says was applied. The commit that
 * the migrations were looked for in is the subject's.
 *
 * @param migrations how many were applied
 * @param changes sentences on what of the history the commit lacks or has otherwise; then nothing was run
 * @param obstacle why the database is not what the history makes, where it is not for the changes
 */
public record Replayed(EpochId epoch, int migrations, List<String> changes, Optional<String> obstacle) {
  public Replayed {
    changes = List.copyOf(changes);
  }
}
