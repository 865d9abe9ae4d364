package dev.offshoot.provisioner.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.worker.Publication;

/**
 * What was said so far, for the promises that are about more than one moment.
 *
 * @param said kinds and incarnations of the events that may be said once
 * @param dying the highest incarnation that an intent to destroy was taken for; 0 before the first
 * @param broken the first promise that was broken
 */
record History(List<String> said, int dying, Optional<String> broken) {
  static final History EMPTY = new History(List.of(), 0, Optional.empty());

  History broke(String promise) {
    return broken.isPresent() ? this : new History(said, dying, Optional.of(promise));
  }

  /** @param before the presence that the publication meets */
  History after(Publication publication, Optional<Presence> before) {
    History next = this;
    for (var facet : publication.facets()) {
      if (facet instanceof Presence presence) {
        next = next.after(before.map(Presence::intent), presence.intent());
      }
    }
    for (LifecycleEvent event : publication.events()) {
      next = next.after(event);
    }
    return next;
  }

  private History after(LifecycleEvent event) {
    boolean once = event instanceof LifecycleEvent.EnvironmentAccepted || event instanceof LifecycleEvent.StoresReady
        || event instanceof LifecycleEvent.EnvironmentDeleted;
    if (!once) {
      return this;
    }
    String fact = event.getClass().getSimpleName() + " " + event.subject().incarnation();
    return said.contains(fact)
        ? broke(fact + " is said twice")
        : new History(Stream.concat(said.stream(), Stream.of(fact)).sorted().toList(), dying, broken);
  }

  private History after(Optional<Intent> before, Intent next) {
    Incarnation incarnation = next.incarnation();
    if (!mayFollow(before, next)) {
      return broke(named(next) + " follows " + before.map(History::named).orElse("nothing"));
    }
    return switch (next) {
      case Intent.Creating _, Intent.Resetting _ when incarnation.number() <= dying ->
          broke("incarnation " + incarnation + " is given again after its destruction began");
      case Intent.Destroying _ -> dying(incarnation);
      case Intent.Standing standing -> standing.retiring().map(this::dying).orElse(this);
      case Intent.Creating _, Intent.Resetting _, Intent.Destroyed _, Intent.Declared _ -> this;
    };
  }

  private History dying(Incarnation incarnation) {
    return new History(said, Math.max(dying, incarnation.number()), broken);
  }

  /** A committed intent is carried on with; only a destruction may follow an unfinished one. */
  private static boolean mayFollow(Optional<Intent> before, Intent next) {
    if (before.isEmpty()) {
      return next instanceof Intent.Creating;
    }
    int step = next.incarnation().compareTo(before.get().incarnation());
    return switch (next) {
      case Intent.Creating _ -> before.get() instanceof Intent.Destroyed ? step > 0 : before.get().equals(next);
      case Intent.Resetting _ -> before.get() instanceof Intent.Resetting ? step >= 0
          : step > 0 && !(before.get() instanceof Intent.Destroying || before.get() instanceof Intent.Destroyed);
      case Intent.Standing _ -> step == 0
          && !(before.get() instanceof Intent.Destroying || before.get() instanceof Intent.Destroyed);
      case Intent.Destroying _ -> step == 0 && !(before.get() instanceof Intent.Destroyed);
      case Intent.Destroyed _ -> step == 0
          && (before.get() instanceof Intent.Destroying || before.get() instanceof Intent.Destroyed);
      case Intent.Declared _ -> false;
    };
  }

  private static String named(Intent intent) {
    return intent.getClass().getSimpleName() + " " + intent.incarnation();
  }
}
