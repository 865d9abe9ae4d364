package dev.offshoot.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What a statement did to the data.
 *
 * @param rewrites of tables and indexes that got a new file
 * @param sizes of the relations it locked
 * @param walBytes that the server wrote meanwhile
 * @param tempBytes that were spilled to temporary files
 */
public record Effects(
    Optional<RowCounts> rows, List<Rewrite> rewrites, List<RelationSize> sizes, Optional<Amount> walBytes, Optional<Amount> tempBytes) {
  public static final Effects NONE = new Effects(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty());

  public Effects {
    rewrites = List.copyOf(rewrites);
    sizes = List.copyOf(sizes);
  }
}
