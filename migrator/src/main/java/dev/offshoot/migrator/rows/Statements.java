package dev.offshoot.migrator.rows;

import java.util.regex.Pattern;

/** What can be told of a statement without parsing it. */
final class Statements {
  private static final Pattern COMMENTS = Pattern.compile("\\A(?:\\s++|--[^\\n]*+(?:\\n|$)|/\\*(?:[^*]|\\*(?!/))*+\\*/)*+");
  private static final Pattern ALTER = Pattern.compile("\\AALTER\\s+TABLE\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern WHERE = Pattern.compile("\\bWHERE\\b", Pattern.CASE_INSENSITIVE);

  private Statements() {}

  static boolean isAlterTable(String sql) {
    return ALTER.matcher(COMMENTS.matcher(sql).replaceFirst("")).lookingAt();
  }

  static boolean hasWhere(String sql) {
    return WHERE.matcher(sql).find();
  }

  /** Without its semicolon; whether it has others, it may be several. */
  static String bare(String sql) {
    return sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
  }
}
