package dev.offshoot.evidence;

/**
 * Where a statement stands.
 *
 * @param script the file's name
 * @param version empty for a repeatable migration
 * @param number in the script, from 1
 * @param line in the file where it starts, from 1
 * @param sql its text with line breaks, at most {@link #LONGEST} characters
 */
public record StatementSource(String script, String version, int number, int line, String sql) {
  public static final int LONGEST = 20_000;
}
