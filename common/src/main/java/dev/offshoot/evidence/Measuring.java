package dev.offshoot.evidence;

import java.time.Duration;
import java.util.List;

/**
 * How the run was watched, and what watching cost.
 *
 * @param server PostgreSQL's version
 * @param sampledEvery the second session's shortest interval
 * @param samples that it took
 * @param overhead time that the migrating session spent on being measured: not in any {@link Span}'s duration
 * @param gaps that concern the whole run
 */
public record Measuring(String server, Duration sampledEvery, long samples, Duration overhead, List<Gap> gaps) {
  public Measuring {
    gaps = List.copyOf(gaps);
  }
}
