package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * I2 and I10 of rehearsals: once all is quiet none stands, whether its branch lives or not, nothing is left of any in PostgreSQL, and nothing was
 * kept of it.
 */
final class RehearsalRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    History history = evidence.history();
    for (String rehearsal : history.rehearsals()) {
      Intention intention = history.intention(rehearsal);
      if (!intention.is(Intention.DESTROYED)) {
        found.add(new Violation(Invariant.SETTLED, rehearsal, "is still " + intention + ", and a rehearsal goes once it is reported on"));
      }
      history.events(rehearsal).stream().filter(Said::isDeleted).filter(event -> !event.data().path("backups").isEmpty())
          .forEach(event -> found.add(new Violation(Invariant.KEPT, rehearsal, event.at() + " keeps a backup of a rehearsal")));
    }
    evidence.postgres().databases().forEach(database -> left("database " + database.name(), database.name(), history).ifPresent(found::add));
    evidence.postgres().roles().forEach(role -> left("role " + role.name(), role.name(), history).ifPresent(found::add));
    return found.stream();
  }

  private static Optional<Violation> left(String what, String name, History history) {
    return Named.ofRehearsal(name).flatMap(named -> {
      Optional<String> rehearsal = history.rehearsalWithHash(named.hash());
      boolean stands = named.form() == Named.Form.STANDING
          && rehearsal.map(history::intention).filter(intention -> intention.holds(named.incarnation())).isPresent();
      return stands ? Optional.empty()
          : Optional.of(new Violation(Invariant.NO_ORPHANS, rehearsal.orElse(name), "the " + what + " is left of a rehearsal"));
    });
  }
}
