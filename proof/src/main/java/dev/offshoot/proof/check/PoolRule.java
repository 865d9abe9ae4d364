package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.proof.check.Evidence.Database;
import dev.offshoot.proof.check.Evidence.Role;

/**
 * I2 of what stands ready for environments: a whole copy of the newest epoch, a database with a role that cannot log in; or nothing. Not while slots
 * are just made: who does that has a lock, which goes with its session.
 */
final class PoolRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    if (evidence.postgres().poolFilled()) {
      return found.stream();
    }
    for (Database database : evidence.postgres().databases()) {
      Named.ofSlot(database.name()).flatMap(of -> database(database, of, evidence)).ifPresent(found::add);
    }
    for (String core : evidence.files().cores().keySet()) {
      Named.ofSlot(core).flatMap(of -> unlessNewest(core, of, evidence)).ifPresent(found::add);
    }
    for (Role role : evidence.postgres().roles()) {
      if (Named.ofSlot(role.name()).isPresent()) {
        role(role, evidence).ifPresent(found::add);
      }
    }
    return found.stream();
  }

  private static Optional<Violation> database(Database slot, Named.OfEpoch of, Evidence evidence) {
    String template = slot.comment().path("offshootPool").asText();
    if (of.finished() && evidence.postgres().database(template).isEmpty()) {
      return violation(slot.name(), "a slot is left of the template '" + template + "', which is gone");
    }
    Optional<Violation> wrong = unlessNewest(slot.name(), of, evidence);
    if (wrong.isPresent()) {
      return wrong;
    }
    return evidence.postgres().roles().stream().anyMatch(role -> role.name().equals(slot.name())) ? Optional.empty()
        : violation(slot.name(), "a slot has no role");
  }

  private static Optional<Violation> unlessNewest(String slot, Named.OfEpoch of, Evidence evidence) {
    if (!of.finished()) {
      return violation(slot, "a slot of the pool is left half-way");
    }
    return newest(of, evidence.history()).equals(Optional.of(of.epoch())) ? Optional.empty()
        : violation(slot, "a slot is left of an epoch that is not the newest");
  }

  private static Optional<Violation> role(Role role, Evidence evidence) {
    if (role.mayLogIn()) {
      return violation(role.name(), "the role of a slot may log in");
    }
    return evidence.postgres().database(role.name()).isPresent() ? Optional.empty()
        : violation(role.name(), "a slot's role is left without its database");
  }

  private static Optional<String> newest(Named.OfEpoch of, History history) {
    return history.withHash(of.hash()).stream()
        .flatMap(name -> history.newest(name, "epochs").path("epochs").valueStream()).map(epoch -> epoch.path("id").asText())
        .max(Comparator.naturalOrder());
  }

  private static Optional<Violation> violation(String slot, String what) {
    return Optional.of(new Violation(Invariant.NO_ORPHANS, slot, what));
  }
}
