package dev.offshoot.evidence;

import java.util.List;
import java.util.Optional;

/**
 * Rows that are in the way of a statement, as they were after it was rolled back.
 *
 * @param query that finds them, to be run anywhere; empty where only the server's word is known
 * @param columns whose values offend
 * @param count how many rows
 * @param more whether there may be more: counting was ended at its limit
 * @param keys of some of them, masked: for each row {@code column=value, …}, of a value at most its first character
 * @param method how they were found
 */
public record OffendingRows(
    Optional<String> query, List<String> columns, long count, boolean more, List<String> keys, Method method) {
  public OffendingRows {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
  }
}
