package dev.offshoot.migrator.rows;

import java.util.List;

/**
 * Which rows of a table offend.
 *
 * @param where SQL over the table as {@code t}, of quoted names and the server's own texts only
 * @param columns whose values offend, unquoted
 */
record Condition(Table table, String where, List<String> columns) {

  /** To be run by people. */
  String query() {
    return "SELECT " + list(shown()) + " FROM " + table.name() + " AS t WHERE " + where;
  }

  /** What identifies a row: its primary key, else what offends. */
  List<String> shown() {
    return table.key().isEmpty() ? columns : table.key();
  }

  private static String list(List<String> columns) {
    return columns.isEmpty() ? "*" : String.join(", ", columns.stream().map(column -> "t." + Table.quoted(column)).toList());
  }
}
