package dev.offshoot.provisioner.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.Comparison;
import dev.offshoot.provisioner.model.Pool.Held;
import dev.offshoot.provisioner.model.State.Bounds;
import dev.offshoot.provisioner.model.State.Bounds.Faults;
import dev.offshoot.provisioner.model.State.Bounds.Life;
import dev.offshoot.provisioner.model.State.Log;
import dev.offshoot.provisioner.model.State.Outside;

/** Git, people, the sweeper, a git host that tells of things late, in any order, twice or not at all, and the reconciler. */
final class Outsiders {
  private final Outside outside;
  private final Log log;
  private final Sink sink;

  private Outsiders(Outside outside, Log log, Sink sink) {
    this.outside = outside;
    this.log = log;
    this.sink = sink;
  }

  /** Takes what may happen outside. */
  @FunctionalInterface
  interface Sink {
    /** @param said what the log receives */
    void happens(String name, boolean fair, Outside after, List<Request> said);
  }

  static void steps(Outside outside, Log log, Sink sink) {
    Outsiders outsiders = new Outsiders(outside, log, sink);
    outsiders.deliver();
    outsiders.live();
    outsiders.command();
    outsiders.rebuild();
    outsiders.sayAgain();
    outsiders.compare();
  }

  private void deliver() {
    for (Held<Request> hint : outside.hints().stream().distinct().toList()) {
      List<Held<Request>> rest = new ArrayList<>(outside.hints());
      rest.remove(hint);
      sink.happens("delivered: " + Words.of(hint.get()), true,
          outside.hearing(rest), List.of(hint.get()));
      lose(hint, rest);
    }
  }

  private void lose(Held<Request> hint, List<Held<Request>> rest) {
    Faults left = outside.left().faults();
    if (left.losses() > 0 && Requests.isFromGit(hint.get())) {
      Faults less = new Faults(left.duplicates(), left.crashes(), left.rebalances(), left.outages(), left.losses() - 1);
      Bounds bounds = new Bounds(outside.left().kinds(), outside.left().life(), less);
      sink.happens("lost: " + Words.of(hint.get()), false, new Outside(outside.tip(), outside.newest(), rest, true, bounds), List.of());
    }
  }

  /** The reconciler compares again and again; here, whenever nothing is under way and there is something to be found. */
  private void compare() {
    difference(outside, log).ifPresent(ask ->
        sink.happens("the reconciler asks: " + Words.of(ask), true, outside.hearing(also(ask)), List.of()));
  }

  /** What the reconciler is to ask and has not asked yet. */
  static Optional<Request> difference(Outside outside, Log log) {
    if (!outside.lost() || !outside.hints().isEmpty() || log.through() < log.requests().size() - 1) {
      return Optional.empty();
    }
    Map<GitRef, Commit> tips = outside.tip() == 0 ? Map.of() : Map.of(Names.BRANCH.ref(), Names.commit(outside.tip()));
    return Comparison.of(Names.REPOSITORY, tips, List.of(log.facets().get())).differences().stream().findFirst()
        .map(Comparison.Difference::ask);
  }

  /** The pool gives the hint its place among the others. */
  private List<Held<Request>> also(Request hint) {
    return Stream.concat(outside.hints().stream(), Stream.of(new Pool<Request>().hold(hint))).toList();
  }

  private void live() {
    Life left = outside.left().life();
    if (left.moves() > 0) {
      Life less = new Life(left.moves() - 1, left.merges(), left.commands(), left.expiries(), left.rebuilds(), left.changes());
      int next = outside.newest() + 1;
      move("the branch moves to commit " + next, next, Requests.push(next), less);
      if (outside.tip() > 0) {
        move("the branch is deleted", 0, Requests.deleted(), less);
      } else {
        move("the branch returns at commit " + outside.newest(), outside.newest(), Requests.push(outside.newest()), less);
      }
    }
    if (left.merges() > 0 && outside.tip() > 0) {
      move("the branch is merged", outside.tip(), Requests.merged(outside.tip()),
          new Life(left.moves(), left.merges() - 1, left.commands(), left.expiries(), left.rebuilds(), left.changes()));
    }
    if (left.changes() > 0 && outside.tip() > 0) {
      move("a change of the branch is opened", outside.tip(), Requests.opened(outside.tip()),
          new Life(left.moves(), left.merges(), left.commands(), left.expiries(), left.rebuilds(), left.changes() - 1));
    }
    Optional<Intent> intent = log.facets().get().presence().map(Presence::intent)
        .filter(known -> known instanceof Intent.Creating || known instanceof Intent.Standing);
    if (left.expiries() > 0 && intent.isPresent()) {
      move("the sweeper finds incarnation " + intent.get().incarnation() + " idle", outside.tip(),
          Requests.expired(intent.get().incarnation()),
          new Life(left.moves(), left.merges(), left.commands(), left.expiries() - 1, left.rebuilds(), left.changes()));
    }
  }

  private void move(String name, int tip, Request hint, Life left) {
    sink.happens(name, false, new Outside(tip, Math.max(outside.newest(), tip), also(hint), outside.lost(), bounds(left)), List.of());
  }

  private void command() {
    Life left = outside.left().life();
    if (left.commands() > 0) {
      Life less = new Life(left.moves(), left.merges(), left.commands() - 1, left.expiries(), left.rebuilds(), left.changes());
      for (Request command : List.of(Requests.destroy(), Requests.create())) {
        sink.happens("a person says " + Words.of(command), false, with(bounds(less)),
            List.of(command));
      }
    }
  }

  /** The next incarnation is made ready beside the one that serves. */
  private void rebuild() {
    Life left = outside.left().life();
    Optional<Incarnation> newest = log.facets().get().incarnation();
    if (left.rebuilds() > 0 && newest.isPresent()) {
      Life less = new Life(left.moves(), left.merges(), left.commands(), left.expiries(), left.rebuilds() - 1, left.changes());
      sink.happens("a person wants incarnation " + newest.get() + " rebuilt", false, with(bounds(less)),
          List.of(Requests.rebuild(newest.get())));
    }
    migrated(log).ifPresent(ask -> sink.happens("the migrator is done with the next incarnation", true, outside,
        List.of(ask)));
  }

  /** What the migrator is to say and has not said yet. */
  static Optional<Request> migrated(Log log) {
    EnvironmentState facets = log.facets().get();
    return facets.presence().map(Presence::intent).filter(Intent.Resetting.class::isInstance)
        .filter(intent -> facets.storesOf(intent.incarnation()).isPresent())
        .map(intent -> Requests.runFinished(intent.incarnation()))
        .filter(ask -> log.requests().stream().noneMatch(said -> said.get().equals(ask)));
  }

  private void sayAgain() {
    Faults left = outside.left().faults();
    if (left.duplicates() > 0) {
      Faults less = new Faults(left.duplicates() - 1, left.crashes(), left.rebalances(), left.outages(), left.losses());
      log.requests().stream().distinct()
          .filter(request -> Requests.isFromGit(request.get()) || request.get() instanceof Request.RefDiffers)
          .forEach(request -> sink.happens("delivered again: " + Words.of(request.get()), false,
              with(outside, less), List.of(request.get())));
    }
  }

  private Bounds bounds(Life left) {
    return new Bounds(outside.left().kinds(), left, outside.left().faults());
  }

  private Outside with(Bounds left) {
    return outside.with(left);
  }

  static Outside crash(Outside outside) {
    Faults left = outside.left().faults();
    return with(outside, new Faults(left.duplicates(), left.crashes() - 1, left.rebalances(), left.outages(), left.losses()));
  }

  static Outside rebalance(Outside outside) {
    Faults left = outside.left().faults();
    return with(outside, new Faults(left.duplicates(), left.crashes(), left.rebalances() - 1, left.outages(), left.losses()));
  }

  static Outside outage(Outside outside) {
    Faults left = outside.left().faults();
    return with(outside, new Faults(left.duplicates(), left.crashes(), left.rebalances(), left.outages() - 1, left.losses()));
  }

  private static Outside with(Outside outside, Faults left) {
    return outside.with(new Bounds(outside.left().kinds(), outside.left().life(), left));
  }
}
