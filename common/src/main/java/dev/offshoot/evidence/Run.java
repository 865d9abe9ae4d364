package dev.offshoot.evidence;

import java.time.Duration;
import java.time.Instant;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Incarnation;

/**
 * Which run it is.
 *
 * @param began by the migrator's clock; all {@link Span}s count from here
 * @param took from there to the end of the last script, measuring included
 */
public record Run(EnvironmentId environment, Incarnation incarnation, Commit commit, Instant began, Duration took) {}
