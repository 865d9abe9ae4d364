package dev.offshoot.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code report:} what the verdict of a repository's delta reports goes by.
 *
 * @param consequences by the reason's id, or by {@code lint/RULE} for one rule of the linter; what is not here has its default
 * @param lockLimit a lock that keeps others from reading or writing counts from so long on
 * @param rowLimit a statement counts as changing many rows from so many on
 */
public record ReportPolicy(Map<String, Consequence> consequences, Duration lockLimit, int rowLimit) {
  public static final ReportPolicy DEFAULT = new ReportPolicy(Map.of(), Duration.ofMillis(500), 100_000);

  public ReportPolicy {
    consequences = Map.copyOf(consequences);
  }

  public Consequence of(ReportReason reason) {
    return consequences.getOrDefault(reason.id(), reason.otherwise());
  }

  /** What was said of one rule of the linter, or of all of them; empty where nothing was. */
  public Optional<Consequence> ofRule(String rule) {
    return Optional.ofNullable(consequences.get(ReportReason.LINT.id() + "/" + rule))
        .or(() -> Optional.ofNullable(consequences.get(ReportReason.LINT.id())));
  }

  /** What follows from a reason. */
  public enum Consequence {
    /** It is not told. */
    IGNORE,
    /** It is told. */
    NOTE,
    /** A DBA should look. */
    NEEDS_DBA,
    /** It must not go on. */
    BLOCK
  }
}
