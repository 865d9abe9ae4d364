package dev.offshoot.migrator.watch;

import java.time.Duration;
import java.util.List;

import dev.offshoot.evidence.Measuring;
import dev.offshoot.evidence.ScriptEvidence;
import dev.offshoot.evidence.StatementEvidence;

/**
 * What was measured of a run.
 *
 * @param took from the watch's beginning, measuring included
 */
public record Watched(List<ScriptEvidence> scripts, List<StatementEvidence> statements, Measuring measuring, Duration took) {
  public Watched {
    scripts = List.copyOf(scripts);
    statements = List.copyOf(statements);
  }

  /** Of a run that started no script. */
  public static Watched nothing(Duration passed) {
    return new Watched(List.of(), List.of(), new Measuring("", Sampler.SHORTEST, 0, Duration.ZERO, List.of()), passed);
  }
}
