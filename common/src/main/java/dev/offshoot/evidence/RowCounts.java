package dev.offshoot.evidence;

import java.util.List;

/** The rows that a statement changed, by table; empty when none. */
public record RowCounts(List<TableRows> tables, Method method) {
  public RowCounts {
    tables = List.copyOf(tables);
  }

  public long total() {
    return tables.stream().mapToLong(table -> table.inserted() + table.updated() + table.deleted()).sum();
  }

  /** Of one table. */
  public record TableRows(Relation relation, long inserted, long updated, long deleted) {}
}
