package dev.offshoot.migrator.watch;

import java.time.Duration;

import dev.offshoot.evidence.StatementSource;

/** How much may be measured and kept: a branch may have a million statements. */
final class Budget {
  private static final int MOST_KEPT = 2_000;
  private static final int MOST_TEXT = 4 << 20;
  private static final int SHORT_TEXT = 200;
  /** Far more than 2,000 small statements take on an idle machine, so that a busy one measures them, too. */
  private static final Duration MOST_TIME = Duration.ofSeconds(20);

  private int kept;
  private int omitted;
  private int text;
  private Duration spent = Duration.ZERO;

  /** Whether one more statement is listed. */
  boolean keepsOneMore() {
    if (kept < MOST_KEPT) {
      kept++;
      return true;
    }
    omitted++;
    return false;
  }

  /** Whether there is time to measure a statement that is listed. */
  boolean hasTime() {
    return spent.compareTo(MOST_TIME) < 0;
  }

  /** How long a text of this length may be kept. */
  int lengthOf(String sql) {
    int wanted = Math.min(sql.length(), StatementSource.LONGEST);
    int granted = text + wanted > MOST_TEXT ? Math.min(SHORT_TEXT, wanted) : wanted;
    text += granted;
    return Math.max(granted + 1, SHORT_TEXT);
  }

  void spend(Duration time) {
    spent = spent.plus(time);
  }

  Duration spent() {
    return spent;
  }

  int omitted() {
    return omitted;
  }
}
