package dev.offshoot.worker.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.offshoot.environment.Backups;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.worker.Publication;

/** Creates and destroys as the provisioner does: intent first, then effects that look at the world, then what has become true. */
final class SimulatedProvisioner implements SimulatedHandler {
  private static final EpochId EPOCH = new EpochId("e261121093000000");

  private final Request request;
  private final EnvironmentId id;
  private final Surroundings surroundings;
  private final Deque<Supplier<Next>> steps = new ArrayDeque<>();

  SimulatedProvisioner(Message message, Surroundings surroundings) {
    this.request = (Request) message.event();
    this.id = message.environment();
    this.surroundings = surroundings;
    steps.add(this::decide);
  }

  @Override
  public Next step() {
    return steps.remove().get();
  }

  private Next then(Next next, Supplier<Next> following) {
    steps.add(following);
    return next;
  }

  private Next decide() {
    Optional<Presence> presence = surroundings.environment().presence();
    if (presence.isPresent() && presence.get().intent() instanceof Intent.Destroying d) {
      return then(new Next.Going(), () -> backUp(presence.get(), d));
    }
    boolean wanted = !(request instanceof Request.DestroyRequested) && tip().isPresent();
    boolean mayCreate = !(request instanceof Request.BranchDeleted);
    boolean exists = presence.isPresent() && !(presence.get().intent() instanceof Intent.Destroyed);
    if (wanted) {
      return exists ? update(presence.get()) : mayCreate ? create(presence) : Next.rejected("The branch is there again");
    }
    boolean mayDestroy = request instanceof Request.BranchDeleted || request instanceof Request.DestroyRequested;
    return exists && mayDestroy ? destroy(presence.get()) : Next.rejected("Nothing is to be done");
  }

  private Optional<Commit> tip() {
    return surroundings.world().tip(id);
  }

  private Next create(Optional<Presence> before) {
    boolean swept = request instanceof Request.BranchPushed && before.flatMap(Presence::tip).equals(tip());
    if (swept) {
      return Next.rejected("Destroyed, and the branch has not moved since");
    }
    int known = Math.max(before.map(p -> p.intent().incarnation().number()).orElse(0),
        surroundings.world().databases(id).keySet().stream().mapToInt(Integer::intValue).max().orElse(0));
    Presence creating = new Presence(request.origin(), new Intent.Creating(new Incarnation(known + 1), EPOCH), tip(), Optional.empty(),
        Instant.EPOCH);
    return then(new Next.Commit(Publication.of(creating, new LifecycleEvent.EnvironmentAccepted(subject(creating), EPOCH))),
        () -> build(creating));
  }

  private Subject subject(Presence presence) {
    return new Subject(presence.origin(), presence.intent().incarnation(), presence.tip());
  }

  private Next update(Presence presence) {
    Presence moved = presence.movedTo(tip());
    if (presence.intent() instanceof Intent.Creating) {
      return then(new Next.Going(), () -> build(moved));
    }
    return presence.tip().equals(tip())
        ? Next.rejected("Already there")
        : Next.end(Publication.of(moved, new LifecycleEvent.CommitAccepted(subject(moved))));
  }

  private Next build(Presence creating) {
    if (surroundings.superseded()) {
      return Next.rejected("A newer one waits");
    }
    if (surroundings.unavailable()) {
      return new Next.Again("The server is down");
    }
    surroundings.world().begin(id, creating.intent().incarnation().number(), surroundings.actor());
    return then(new Next.Going(), () -> finish(creating));
  }

  private Next finish(Presence creating) {
    surroundings.world().finish(id, creating.intent().incarnation().number(), surroundings.actor());
    return then(new Next.Going(), () -> stand(creating));
  }

  private Next stand(Presence creating) {
    Incarnation incarnation = creating.intent().incarnation();
    Presence standing = creating.with(new Intent.Standing(incarnation, EPOCH), Instant.EPOCH);
    return Next.end(Publication.of(List.of(standing, new Stores(incarnation, EPOCH, "k1", List.of())),
        new LifecycleEvent.StoresReady(subject(standing), EPOCH, List.of(), Duration.ZERO)));
  }

  private Next destroy(Presence presence) {
    Intent.Destroying destroying = new Intent.Destroying(presence.intent().incarnation(), "no longer needed");
    Presence intent = presence.with(destroying, Instant.EPOCH);
    return then(new Next.Commit(Publication.of(List.of(intent))), () -> backUp(intent, destroying));
  }

  private Next backUp(Presence presence, Intent.Destroying intent) {
    if (surroundings.unavailable()) {
      return new Next.Again("The server is down");
    }
    for (int incarnation : List.copyOf(surroundings.world().databases(id).keySet())) {
      if (incarnation <= intent.incarnation().number()) {
        surroundings.world().backUp(id, incarnation);
        steps.add(() -> remove(incarnation));
      }
    }
    steps.add(() -> destroyed(presence, intent));
    return new Next.Going();
  }

  private Next remove(int incarnation) {
    surroundings.world().delete(id, incarnation, surroundings.actor());
    return new Next.Going();
  }

  private Next destroyed(Presence presence, Intent.Destroying intent) {
    Presence gone = presence.with(new Intent.Destroyed(intent.incarnation(), intent.reason()), Instant.EPOCH)
        .withTip(tip().isPresent() ? presence.tip() : Optional.empty());
    Publication publication = Publication.of(List.of(gone, new Backups(List.of())),
        new LifecycleEvent.EnvironmentDeleted(subject(gone), intent.reason(), List.of()));
    boolean mine = request instanceof Request.BranchDeleted || request instanceof Request.DestroyRequested;
    return mine ? Next.end(publication) : then(new Next.Commit(publication), this::decide);
  }
}
