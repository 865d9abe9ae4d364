package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.offshoot.proof.check.Evidence.Database;
import dev.offshoot.proof.check.Evidence.Role;

/** I2: nothing is left of what nobody has any more, and nothing is half-made. */
final class OrphanRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    History history = evidence.history();
    for (Database database : evidence.postgres().databases()) {
      resource("database " + database.name(), database.name(), history).ifPresent(found::add);
      epoch("database " + database.name(), database.name(), history).ifPresent(found::add);
    }
    for (Role role : evidence.postgres().roles()) {
      role(role, evidence).ifPresent(found::add);
    }
    for (String core : evidence.files().cores().keySet()) {
      resource("core " + core, core, history).ifPresent(found::add);
      epoch("core " + core, core, history).ifPresent(found::add);
    }
    evidence.files().redis().folders().keySet().forEach(name -> resource("Redis folder " + name, name, history).ifPresent(found::add));
    evidence.files().redis().processes().forEach(folder -> process(folder, history).ifPresent(found::add));
    evidence.files().redis().kept().keySet().stream().filter(name -> name.startsWith("t_"))
        .forEach(name -> found.add(orphan("kept/" + name, "an unverified dump is left")));
    evidence.files().blobs().stream().filter(key -> key.contains("~"))
        .forEach(key -> found.add(orphan(key, "a half-written blob is left")));
    return found.stream();
  }

  /** What stands or is half-made must be of an environment that stands in that incarnation; what is kept is another rule's. */
  private static Optional<Violation> resource(String what, String name, History history) {
    return Named.of(name).flatMap(named -> switch (named.form()) {
      case KEPT -> Optional.empty();
      case UNFINISHED, CLOSED -> Optional.of(orphan(owner(named, history), what + " is left half-way"));
      case STANDING -> stands(named, history) ? Optional.empty()
          : Optional.of(orphan(owner(named, history), what + " is left of an incarnation that does not stand: "
              + history.withHash(named.hash()).map(history::intention).map(Intention::toString).orElse("unknown")));
    });
  }

  private static boolean stands(Named named, History history) {
    return history.withHash(named.hash()).map(history::intention)
        .filter(intention -> intention.holds(named.incarnation())).isPresent();
  }

  private static Optional<Violation> role(Role role, Evidence evidence) {
    Optional<Named.OfEpoch> epoch = Named.ofEpoch(role.name());
    if (epoch.isPresent()) {
      return evidence.postgres().database(role.name()).isPresent() ? Optional.empty()
          : Optional.of(orphan(role.name(), "a role is left without its epoch's reference"));
    }
    return Named.of(role.name()).flatMap(named -> {
      if (stands(named, evidence.history()) && evidence.postgres().database(role.name()).isPresent()) {
        return Optional.empty();
      }
      boolean kept = evidence.postgres().databases().stream().flatMap(database -> Named.of(database.name()).stream())
          .filter(name -> name.form() == Named.Form.KEPT)
          .anyMatch(name -> name.hash().equals(named.hash()) && name.incarnation() == named.incarnation());
      return kept && !role.mayLogIn() ? Optional.empty()
          : Optional.of(orphan(owner(named, evidence.history()), "the role " + role.name()
              + (kept ? " of a kept database may log in" : " is left without a database")));
    });
  }

  private static Optional<Violation> epoch(String what, String name, History history) {
    return Named.ofEpoch(name).filter(of -> !of.finished() || !isPublished(of, history))
        .map(of -> orphan(name, what + (of.finished() ? " is of an epoch that nobody published" : " is left half-way")));
  }

  static boolean isPublished(Named.OfEpoch of, History history) {
    return history.withHash(of.hash()).stream()
        .flatMap(name -> StreamSupport.stream(history.newest(name, "epochs").path("epochs").spliterator(), false))
        .anyMatch(epoch -> epoch.path("id").asText().equals(of.epoch()));
  }

  private static Optional<Violation> process(String folder, History history) {
    boolean meant = Named.of(folder).filter(named -> stands(named, history)).isPresent();
    return meant ? Optional.empty() : Optional.of(orphan(folder, "a Redis server is left in " + folder));
  }

  private static String owner(Named named, History history) {
    return history.withHash(named.hash()).orElse("…-" + named.hash());
  }

  private static Violation orphan(String environment, String what) {
    return new Violation(Invariant.NO_ORPHANS, environment, what);
  }
}
