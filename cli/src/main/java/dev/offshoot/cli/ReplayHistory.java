package dev.offshoot.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.EventLog;
import dev.offshoot.wire.Selection;
import dev.offshoot.wire.Topic;

/**
 * What the log says of branches' environments.
 *
 * @param newest what was asked last of each, of what decides whether it is to be there
 * @param lastSaid when something was last asked or said of each
 */
record ReplayHistory(Map<EnvironmentId, Asked> newest, Map<EnvironmentId, Instant> lastSaid) {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  ReplayHistory {
    newest = Map.copyOf(newest);
    lastSaid = Map.copyOf(lastSaid);
  }

  /**
   * What was asked of one.
   *
   * @param newest the newest request that {@link ReplayPlanner#decides}
   * @param byCommand whether a command has made it, or kept it, since it was last to end: a push alone is none
   */
  record Asked(Message newest, boolean byCommand) {
    static Asked first(Message message) {
      return new Asked(message, false).then(message);
    }

    /** With a newer one. */
    Asked then(Message next) {
      boolean command = switch ((Request) next.event()) {
        case Request.CreateRequested _, Request.RebuildRequested _, Request.AdoptRequested _, Request.RestoreRequested _ -> true;
        case Request.BranchDeleted _, Request.ChangeMerged _, Request.DestroyRequested _, Request.Expired _ -> false;
        case Request.RefDiffers differs when differs.found().isEmpty() -> false;
        case Request.Lifecycle _, Request.Upkeep _, Request.Reporting _ -> byCommand;
      };
      return new Asked(next, command);
    }
  }

  /** Reads all that is kept. */
  static ReplayHistory read(KafkaConfig kafka) {
    Map<EnvironmentId, Asked> newest = new HashMap<>();
    Map<EnvironmentId, Instant> lastSaid = new HashMap<>();
    Selection all = new Selection(EnumSet.of(Topic.REQUESTS, Topic.ENVIRONMENTS), Set.of(),
        new Selection.Start.Beginning(), Optional.empty());
    try (EventLog log = EventLog.open(kafka, all)) {
      while (!log.atEnd()) {
        for (Message message : log.poll(PATIENCE)) {
          lastSaid.merge(message.environment(), message.time(), (a, b) -> a.isAfter(b) ? a : b);
          switch (message.event()) {
            // of one partition, so the last one read is the newest
            case Request request when isOfABranch(request) && ReplayPlanner.decides(request) ->
              newest.merge(message.environment(), Asked.first(message), (before, _) -> before.then(message));
            case Request _, LifecycleEvent _ -> { }
          }
        }
      }
    }
    return new ReplayHistory(newest, lastSaid);
  }

  private static boolean isOfABranch(Request request) {
    return request.origin().kind() == EnvironmentKind.FULL && request.origin().ref().isBranch();
  }

  Set<EnvironmentId> since(Instant time) {
    Set<EnvironmentId> since = new HashSet<>();
    lastSaid.forEach((id, said) -> {
      if (!said.isBefore(time)) {
        since.add(id);
      }
    });
    return since;
  }
}
