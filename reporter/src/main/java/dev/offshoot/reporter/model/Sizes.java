package dev.offshoot.reporter.model;

import java.util.Optional;

/**
 * How large the clone is, so that Production can be compared with it.
 *
 * @param database bytes
 * @param tables those that the branch touches, the largest first
 */
public record Sizes(long database, Excerpt<Table> tables) {

  /**
   * One table.
   *
   * @param rows as the catalogue estimates; empty where it was never analysed
   * @param bytes with its indexes and what is stored out of line
   */
  public record Table(String name, Optional<Long> rows, long bytes) {}
}
