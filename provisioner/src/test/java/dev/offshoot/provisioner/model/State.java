package dev.offshoot.provisioner.model;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.model.Pool.Held;

/**
 * Everything there is.
 *
 * @param active the handler of the instance that owns the partition
 * @param late a handler whose assignment has ended and that has not noticed
 */
record State(Held<Outside> outside, Held<Log> log, Held<World> world, Held<History> history, Optional<Run> active,
    Optional<Run> late) {

  /**
   * What nobody here decides.
   *
   * @param tip the commit the branch is at; 0 when there is no branch
   * @param newest the newest commit that was ever pushed
   * @param hints what the git host and the sweeper have said and nobody has received, in no order
   * @param left what may still happen
   */
  record Outside(int tip, int newest, List<Held<Request>> hints, Bounds left) {}

  /**
   * How often things may happen that need not.
   *
   * @param kinds the stores that there are
   */
  record Bounds(List<StoreKind> kinds, Life life, Faults faults) {
    /** What people do. */
    record Life(int moves, int merges, int commands, int expiries, int rebuilds) {}

    record Faults(int duplicates, int crashes, int rebalances, int outages) {}
  }

  /**
   * What stands in Kafka.
   *
   * @param through the number of the last request that was finished
   * @param assignment counts the owners of the partition
   * @param facets the compacted state
   */
  record Log(List<Held<Request>> requests, int through, int assignment, Held<EnvironmentState> facets) {}

  /**
   * A handler at work on one request.
   *
   * @param sees whether its table may still be caught up with, once it is late; that happens at one moment
   */
  record Run(int offset, int assignment, Course course, boolean sees) {
    Run at(Course next) {
      return new Run(offset, assignment, next, sees);
    }

    Run caughtUp(Held<EnvironmentState> facets) {
      return new Run(offset, assignment, course.reads(facets), false);
    }

    /** Assignments alternate between two instances. */
    String instance() {
      return assignment % 2 == 0 ? "B" : "A";
    }
  }
}
