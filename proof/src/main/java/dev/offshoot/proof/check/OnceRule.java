package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** I1 and I3 as far as the topics tell: made once, destroyed once, and never what is being made anew. */
final class OnceRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    for (String environment : evidence.history().made()) {
      said(environment, evidence.history().events(environment), found);
      decided(environment, evidence.history().intentions(environment), found);
    }
    return found.stream();
  }

  private static void said(String environment, List<Said> events, List<Violation> found) {
    Map<String, Said> once = new HashMap<>();
    long newest = 0;
    for (Said event : events) {
      boolean makes = event.isCreated() || event.is("environment.accepted") || event.is("stores.ready");
      if (makes || event.isDeleted()) {
        Said before = once.putIfAbsent(event.type() + event.incarnation(), event);
        if (before != null) {
          found.add(new Violation(event.isDeleted() ? Invariant.DESTROYED_ONCE : Invariant.ONE_ENVIRONMENT, environment,
              event.at() + " says of incarnation " + event.incarnation() + " what " + before.at() + " said"));
        }
      }
      if (event.is("environment.accepted")) {
        newest = Math.max(newest, event.incarnation());
      }
      if (event.isDeleted() && event.incarnation() < newest) {
        found.add(new Violation(Invariant.DESTROYED_ONCE, environment,
            event.at() + " deletes incarnation " + event.incarnation() + " though " + newest + " began before"));
      }
    }
  }

  private static void decided(String environment, List<Intention> intentions, List<Violation> found) {
    Set<Long> destroyed = new HashSet<>();
    long newest = 0;
    for (Intention intention : intentions) {
      boolean ends = intention.is(Intention.DESTROYING) || intention.is(Intention.DESTROYED);
      if (intention.is(Intention.DESTROYING) && destroyed.contains(intention.incarnation())) {
        found.add(new Violation(Invariant.DESTROYED_ONCE, environment, intention + " though it was destroyed already"));
      }
      if (ends && intention.incarnation() < newest) {
        found.add(new Violation(Invariant.DESTROYED_ONCE, environment, intention + " though incarnation " + newest + " was begun"));
      }
      if (intention.is(Intention.DESTROYED)) {
        destroyed.add(intention.incarnation());
      }
      newest = Math.max(newest, intention.incarnation());
    }
  }
}
