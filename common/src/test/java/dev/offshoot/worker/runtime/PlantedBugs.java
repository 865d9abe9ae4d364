package dev.offshoot.worker.runtime;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.FacetName;
import dev.offshoot.wire.StateEntry;
import dev.offshoot.wire.StateIndex;

/** What a call is replaced by where a bug is planted: the receiver comes first. */
final class PlantedBugs {
  private PlantedBugs() {}

  static boolean never(Scribe scribe, EnvironmentId environment, long offset) {
    return false;
  }

  static boolean always(NavigableSet<?> unfinished) {
    return true;
  }

  static boolean always(Delivery delivery) {
    return true;
  }

  static boolean always(Lanes lanes, Delivery delivery) {
    return true;
  }

  static void ifItRuns(Lanes lanes, Delivery delivery) {
    if (lanes.owns(delivery)) {
      lanes.finished(delivery);
    }
  }

  static Draft outcomesOnly(Scribe scribe, Completion completion) {
    return completion instanceof Completion.Intermediate ? new Draft() : scribe.draft(completion);
  }

  static void not(StateIndex state, StateEntry entry) {}

  static boolean toldAtOnce(List<Object> handedIn, Object completion) {
    if (completion instanceof Completion.Intermediate i) {
      i.committed().complete(null);
    }
    return handedIn.add(completion);
  }

  static Map<FacetName, Long> none(StateIndex state, EnvironmentId environment) {
    return Map.of();
  }
}
