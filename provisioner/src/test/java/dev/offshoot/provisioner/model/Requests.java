package dev.offshoot.provisioner.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Facet;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.model.State.Outside;

/** What can be said about the modelled branch. */
final class Requests {
  private static final GitRef MAIN = GitRef.ofBranch("main");
  private static final Instant LONG_AFTER = Instant.parse("2027-01-01T00:00:00Z");

  private Requests() {
  }

  static Request push(int commit) {
    return new Request.BranchPushed(Names.BRANCH, Names.commit(commit), false, false, "ann");
  }

  static Request deleted() {
    return new Request.BranchDeleted(Names.BRANCH, "ann");
  }

  static Request merged(int head) {
    return new Request.ChangeMerged(Names.BRANCH, Names.commit(head), MAIN, 7, "ann");
  }

  static Request opened(int head) {
    return new Request.ChangeUpdated(Names.BRANCH, Names.commit(head), MAIN, 7, Set.of(), "ann");
  }

  /** Whether the git host says it. */
  static boolean isFromGit(Request request) {
    return request instanceof Request.BranchPushed || request instanceof Request.BranchDeleted
        || request instanceof Request.ChangeMerged || request instanceof Request.ChangeUpdated;
  }

  static Request destroy() {
    return new Request.DestroyRequested(Names.BRANCH, "enough", "ann");
  }

  static Request create() {
    return new Request.CreateRequested(Names.BRANCH, Optional.empty(), "ann");
  }

  static Request rebuild(Incarnation incarnation) {
    return new Request.RebuildRequested(Names.BRANCH, incarnation, Optional.empty(), EpochChoice.SAME, "wanted", "ann");
  }

  static Request runFinished(Incarnation incarnation) {
    return new Request.RunFinished(Names.BRANCH, incarnation, Names.commit(1), true);
  }

  static Request expired(Incarnation incarnation) {
    return new Request.Expired(Names.BRANCH, incarnation, LONG_AFTER);
  }

  /** Each handling of a request has its own time, so that two intents never look alike. */
  static Instant time(int offset, int assignment) {
    return Names.BEGINNING.plusSeconds(60L * offset + assignment);
  }

  /** What the ref says when it is asked because of a request. */
  static Optional<Commit> tip(Outside outside, Request because, Mistake mistake) {
    boolean believed = mistake == Mistake.REF_NOT_ASKED && because instanceof Request.BranchDeleted;
    return Optional.of(outside.tip()).filter(tip -> tip > 0 && !believed).map(Names::commit);
  }

  static EnvironmentState without(EnvironmentState state, Class<? extends Facet> type) {
    return new EnvironmentState(state.id(), state.facets().entrySet().stream()
        .filter(entry -> !type.isInstance(entry.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
