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
   * @param lost whether something that the git host said never arrives
   * @param left what may still happen
   */
  record Outside(int tip, int newest, List<Held<Request>> hints, boolean lost, Bounds left) {
    Outside hearing(List<Held<Request>> others) {
      return new Outside(tip, newest, others, lost, left);
    }

    Outside with(Bounds others) {
      return new Outside(tip, newest, hints, lost, others);
    }
  }

  /**
   * How often things may happen that need not.
   *
   * @param kinds the stores that there are
   */
  record Bounds(List<StoreKind> kinds, Life life, Faults faults) {
    /**
     * What people do.
     *
     * @param changes how often a change of the branch is opened, or gets labels
     */
    record Life(int moves, int merges, int commands, int expiries, int rebuilds, int changes) {
      Life(int moves, int merges, int commands, int expiries, int rebuilds) {
        this(moves, merges, commands, expiries, rebuilds, 0);
      }
    }

    /** @param losses how often a delivery never arrives */
    record Faults(int duplicates, int crashes, int rebalances, int outages, int losses) {
      Faults(int duplicates, int crashes, int rebalances, int outages) {
        this(duplicates, crashes, rebalances, outages, 0);
      }
    }
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
