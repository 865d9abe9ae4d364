package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.offshoot.proof.check.Evidence.Database;

/**
 * I9: what environments are given holds no value that must be masked; and what does hold one (Staging, a snapshot that is not finished)
 * lets no environment's role in, not even for a moment.
 */
final class UnmaskedRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    for (Database database : evidence.postgres().databases()) {
      if (evidence.postgres().unmasked().contains(database.name())) {
        if (isGiven(database.name())) {
          found.add(violation(database.name(), "the database holds what must be masked"));
        }
        List<String> let = database.lets().stream().filter(UnmaskedRule::isEnvironments).sorted().toList();
        if (!let.isEmpty()) {
          found.add(violation(database.name(), "the database holds what must be masked, and lets in " + let));
        }
      }
    }
    evidence.files().unmasked().stream().filter(core -> isEnvironments(core) || Named.ofEpoch(core).isPresent())
        .forEach(core -> found.add(violation(core, "the core holds what must be masked")));
    return found.stream();
  }

  /** An environment's, standing or kept; a slot of the pool; or an epoch's, once it is published. */
  private static boolean isGiven(String database) {
    return Named.of(database).isPresent() || Named.ofRehearsal(database).isPresent() || Named.ofSlot(database).isPresent()
        || Named.ofEpoch(database).filter(Named.OfEpoch::finished).isPresent();
  }

  private static boolean isEnvironments(String name) {
    return Named.of(name).isPresent() || Named.ofRehearsal(name).isPresent() || Named.ofSlot(name).isPresent()
        || Named.ofEpoch(name).isPresent();
  }

  private static Violation violation(String resource, String what) {
    return new Violation(Invariant.UNMASKED, resource, what);
  }
}
