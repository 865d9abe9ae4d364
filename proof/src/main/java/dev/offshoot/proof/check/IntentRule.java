package dev.offshoot.proof.check;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.proof.check.Evidence.Database;

/** Intent first: what was made or removed had been written down, by the intent its tag names; and intents follow each other as they may. */
final class IntentRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    History history = evidence.history();
    for (String environment : history.made()) {
      follow(environment, history.intentions(environment), found);
    }
    for (Database database : evidence.postgres().databases()) {
      Named.of(database.name()).filter(name -> name.form() != Named.Form.UNFINISHED)
          .ifPresent(name -> tagged("database " + database.name(), name, tag(database.comment()), history, found));
    }
    evidence.files().cores().forEach((core, folder) -> Named.of(core).filter(name -> name.form() != Named.Form.UNFINISHED)
        .ifPresent(name -> tagged("core " + core, name, folderTag(folder), history, found)));
    evidence.files().redis().folders().forEach((folder, owner) -> Named.of(folder)
        .ifPresent(name -> tagged("Redis " + folder, name, tag(owner), history, found)));
    return found.stream();
  }

  private static void follow(String environment, List<Intention> intentions, List<Violation> found) {
    Intention before = new Intention("nothing", 0, 0, "", "");
    for (Intention next : intentions) {
      if (!mayFollow(before, next)) {
        found.add(new Violation(Invariant.INTENT_FIRST, environment, next + " follows " + before));
      }
      before = next;
    }
  }

  private static boolean mayFollow(Intention before, Intention next) {
    boolean same = before.incarnation() == next.incarnation();
    boolean later = next.incarnation() > before.incarnation();
    return switch (next.is()) {
      case Intention.CREATING -> before.is().equals("nothing") || (before.is(Intention.DESTROYED) && later)
          || (before.is(Intention.CREATING) && same && before.epoch().equals(next.epoch()));
      case Intention.STANDING -> (same && (before.begins() || before.is(Intention.STANDING))) || before.is(Intention.RESETTING);
      case Intention.RESETTING -> !before.is(Intention.DESTROYING) && !before.is(Intention.DESTROYED);
      case Intention.DESTROYING -> before.begins() || (same && (before.is(Intention.STANDING) || before.is(Intention.DESTROYING)));
      case Intention.DESTROYED -> same && (before.is(Intention.DESTROYING) || before.is(Intention.DESTROYED));
      default -> true; // a newer version's; the facet's schema speaks of it
    };
  }

  /** What the tag of a resource says. */
  private record Tag(long incarnation, String epoch, Optional<Instant> intent) {}

  private static Optional<Tag> tag(JsonNode owner) {
    return owner.path("offshoot").isInt()
        ? Optional.of(new Tag(owner.path("incarnation").asLong(), owner.path("epoch").asText(), instant(owner.path("intent").asText())))
        : Optional.empty();
  }

  /** In Solr it is the name of a core's folder, or a remark. */
  private static Optional<Tag> folderTag(String folder) {
    String[] parts = folder.split("-", -1);
    return parts.length == 3
        ? Named.of(parts[0])
            .map(name -> new Tag(name.incarnation(), parts[1], Optional.of(Instant.ofEpochMilli(Long.parseLong(parts[2])))))
        : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  private static void tagged(String resource, Named name, Optional<Tag> tag, History history, List<Violation> found) {
    String environment = history.withHash(name.hash()).orElse(resource);
    if (tag.isEmpty() || tag.get().incarnation() != name.incarnation()) {
      found.add(new Violation(Invariant.INTENT_FIRST, environment, resource + " has no owner tag of its incarnation"));
    } else if (history.intentions(environment).stream().noneMatch(intention -> names(intention, tag.get()))) {
      found.add(new Violation(Invariant.INTENT_FIRST, environment,
          resource + " was made by an intent that was never written: " + tag.get()));
    }
  }

  private static boolean names(Intention intention, Tag tag) {
    boolean same = intention.begins() && (intention.incarnation() == tag.incarnation() || intention.is(Intention.RESETTING));
    return same && intention.epoch().equals(tag.epoch())
        && instant(intention.since()).map(Instant::toEpochMilli).equals(tag.intent().map(Instant::toEpochMilli));
  }
}
