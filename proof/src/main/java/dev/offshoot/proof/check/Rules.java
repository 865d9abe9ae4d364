package dev.offshoot.proof.check;

import java.util.List;
import java.util.stream.Stream;

/** All invariants. */
final class Rules {
  private Rules() {}

  /** Says what does not hold. */
  interface Rule {
    Stream<Violation> violations(Evidence evidence, Expectation expectation);
  }

  private static final List<Rule> ALL = List.of(new OnceRule(), new IntentRule(), new OrderRule(), new CountedRule(),
      new BranchRule(), new RehearsalRule(), new OrphanRule(), new PoolRule(),
      new RemainsRule(), new KeptRule(), new UnmaskedRule(), new SettledRule(), new OutsideRule());

  static List<Violation> all(Evidence evidence, Expectation expectation) {
    Evidence sound = new Evidence(evidence.history().without(expectation.poison()), evidence.postgres(), evidence.files(), evidence.git(),
        evidence.leaks());
    return ALL.stream().flatMap(rule -> rule.violations(sound, expectation)).distinct().toList();
  }
}
