package dev.offshoot.reporter.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.event.Subject;

/**
 * What the report is about.
 *
 * @param at when it was written
 */
public record Header(Subject subject, Snapshot snapshot, Instant at) {

  /**
   * What the environment was cloned from.
   *
   * @param takenAt empty where that is not known any more
   * @param bytes of the database; empty where that is not known
   */
  public record Snapshot(EpochId epoch, Optional<Instant> takenAt, Optional<Long> bytes) {}

  public String environment() {
    return subject.origin().environment().value();
  }

  public String repository() {
    return subject.origin().repository().value();
  }

  public String branch() {
    return subject.origin().ref().branch();
  }

  public Optional<String> commit() {
    return subject.commit().map(Commit::id);
  }

  public Optional<Duration> snapshotAge() {
    return snapshot.takenAt().map(taken -> Duration.between(taken, at));
  }
}
