package dev.offshoot.migrator.watch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the statements of a script in its text, in their order: Flyway hands over their texts only. */
final class StatementPlaces {
  /** Flyway counts what stands before a statement's first word to it. */
  private static final Pattern BEFORE = Pattern.compile("(?:\\s++|--[^\\n]*+(?:\\n|$)|/\\*(?:[^*]|\\*(?!/))*+\\*/)*+");

  private final String text;
  private int from;
  private int number;

  StatementPlaces(String text) {
    this.text = text;
  }

  /** The next statement's number and line, each from 1; the line where the one before ended, when its text is not the file's. */
  Place next(String sql) {
    number++;
    int at = text.indexOf(sql, from);
    int start = at < 0 ? from : at + wordsBegin(sql);
    if (at >= 0) {
      from = at + sql.length();
    }
    return new Place(number, 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count());
  }

  /** How much of it are comments and space. */
  static int wordsBegin(String sql) {
    Matcher before = BEFORE.matcher(sql);
    return before.lookingAt() ? before.end() : 0;
  }

  record Place(int number, int line) {}
}
