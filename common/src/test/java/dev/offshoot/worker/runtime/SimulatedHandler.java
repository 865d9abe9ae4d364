package dev.offshoot.worker.runtime;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** A handler as a machine that takes one step at a time: between two steps anything can happen. */
interface SimulatedHandler {

  Next step();

  /** What a step came to. */
  sealed interface Next {
    /** An effect, or nothing: the next step follows. */
    record Going() implements Next {}

    /** To be committed before the next step. */
    record Commit(Publication publication) implements Next {}

    record End(Outcome outcome) implements Next {}

    /** A failure that may pass. */
    record Again(String reason) implements Next {}

    static Next end(Publication publication) {
      return new End(Outcome.done(publication));
    }

    static Next rejected(String reason) {
      return new End(new Outcome.Rejected(reason));
    }
  }

  /** What a handler can see and do. */
  interface Surroundings {
    EnvironmentState environment();

    SimulatedWorld world();

    SimulatedWorld.Actor actor();

    boolean superseded();

    /** Whether an effect fails this time. */
    boolean unavailable();
  }
}
