package dev.offshoot.evidence;

import java.util.List;

/**
 * Rows that are in the way of a statement, as they were after it was rolled back.
 *
 * @param columns whose values offend
 * @param count how many rows
 * @param more whether there may be more: counting was ended at its limit
 * @param keys of some of them, masked: for each row {@code column=value, …}, of a value at most its first character
 * @param method how they were found
 */
public record OffendingRows(List<String> columns, long count, boolean more, List<String> keys, Method method) {
  public OffendingRows {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
  }
}
