package dev.offshoot.wire;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import dev.offshoot.environment.EnvironmentId;

/**
 * Which part of the history is read.
 *
 * @param topics of those that hold events
 * @param environments none for all; of some, only their partitions are read, which hold others too
 * @param until the end; empty for what is said from then on, too
 */
public record Selection(Set<Topic> topics, Set<EnvironmentId> environments, Start start, Optional<Instant> until) {
  public Selection {
    topics = Set.copyOf(topics);
    environments = Set.copyOf(environments);
  }

  /** Where reading begins. */
  public sealed interface Start {

    /** The oldest record that is kept. */
    record Beginning() implements Start {}

    /** What is said after the log was opened. */
    record End() implements Start {}

    /** What was said at this time or after it. */
    record At(Instant time) implements Start {}
  }

  /** Of everything that has happened. */
  static Selection happened(Start start) {
    return new Selection(Set.of(Topic.ENVIRONMENTS), Set.of(), start, Optional.empty());
  }

  Collection<Integer> partitions(int count) {
    return environments.isEmpty()
        ? IntStream.range(0, count).boxed().toList()
        : environments.stream().map(id -> Partitions.of(id, count)).distinct().toList();
  }

  /** Whether an event that was read is meant. */
  boolean holds(EnvironmentId environment, Instant time) {
    return (environments.isEmpty() || environments.contains(environment))
        && (!(start instanceof Start.At(Instant since)) || !time.isBefore(since))
        && until.filter(time::isAfter).isEmpty();
  }
}
