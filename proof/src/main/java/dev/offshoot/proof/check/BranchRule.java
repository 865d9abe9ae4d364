package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.proof.check.Evidence.Database;
import dev.offshoot.proof.check.Expectation.Branch;
import dev.offshoot.proof.check.Expectation.Fate;

/** I1: the git host's branches and the environments' stores, beside each other. */
final class BranchRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    History history = evidence.history();
    evidence.git().tips().forEach((branch, tip) -> {
      List<String> environments = history.branchEnvironments().stream().filter(name -> history.branch(name).equals(branch)).toList();
      switch (expectation.fate(branch)) {
        case READY, BROKEN -> one(evidence, branch, tip, environments).forEach(found::add);
        case GIVEN_UP -> environments.stream().filter(name -> !history.intention(name).is(Intention.DESTROYED))
            .forEach(name -> found.add(violation(name, "is " + history.intention(name) + " though " + branch + " was given up")));
        case UNTOLD -> { }
      }
    });
    for (String environment : history.branchEnvironments()) {
      Branch branch = history.branch(environment);
      boolean lives = evidence.git().tips().containsKey(branch) || expectation.fate(branch) == Fate.UNTOLD;
      if (!lives && !history.intention(environment).is(Intention.DESTROYED)) {
        found.add(violation(environment, "is " + history.intention(environment) + " though " + branch + " is gone"));
      }
      databases(evidence, environment, found);
    }
    return found.stream();
  }

  private static Stream<Violation> one(Evidence evidence, Branch branch, String tip, List<String> environments) {
    if (environments.size() != 1) {
      return Stream.of(violation(branch.ref(), "has the environments " + environments + " and should have one"));
    }
    String environment = environments.getFirst();
    List<Violation> found = new ArrayList<>();
    Intention intention = evidence.history().intention(environment);
    if (!intention.is(Intention.STANDING)) {
      found.add(violation(environment, "is " + intention + " though " + branch + " lives, at " + tip));
      return found.stream();
    }
    String known = evidence.history().newest(environment, History.PRESENCE).path("tip").asText("");
    if (!known.equals(tip)) {
      found.add(violation(environment, "knows the tip '" + known + "', and the git host has " + tip));
    }
    JsonNode stores = evidence.history().newest(environment, "stores");
    if (stores.path("incarnation").asLong() != intention.incarnation()) {
      found.add(violation(environment, "is " + intention + " with stores of incarnation " + stores.path("incarnation")));
    }
    stores.path("coordinates").forEach(store -> stands(evidence, environment, store, found));
    return found.stream();
  }

  private static void stands(Evidence evidence, String environment, JsonNode store, List<Violation> found) {
    String name = store.path("name").asText();
    switch (store.path("kind").asText()) {
      case "POSTGRES" -> {
        if (evidence.postgres().database(name).isEmpty()) {
          found.add(violation(environment, "has no database " + name));
        }
        String user = store.path("user").asText();
        if (evidence.postgres().roles().stream().noneMatch(role -> role.name().equals(user) && role.mayLogIn())) {
          found.add(violation(environment, "has no role " + user + " that may log in"));
        }
      }
      case "SOLR" -> {
        if (!evidence.files().cores().containsKey(name)) {
          found.add(violation(environment, "has no core " + name));
        }
      }
      case "REDIS" -> redis(evidence, environment, found);
      default -> found.add(violation(environment, "has a store of an unknown kind: " + store));
    }
  }

  private static void redis(Evidence evidence, String environment, List<Violation> found) {
    long incarnation = evidence.history().intention(environment).incarnation();
    List<String> running = evidence.files().redis().processes().stream()
        .filter(folder -> Named.of(folder).filter(name -> name.isOf(environment) && name.incarnation() == incarnation).isPresent())
        .toList();
    if (running.size() != 1) {
      found.add(violation(environment, "has " + running.size() + " Redis servers " + running + " and should have one"));
    }
  }

  /** One at most of each incarnation, whether it stands or is kept; and one that stands at most. */
  private static void databases(Evidence evidence, String environment, List<Violation> found) {
    List<Database> all = evidence.postgres().databases().stream()
        .filter(database -> Named.of(database.name())
            .filter(name -> name.isOf(environment) && name.form() != Named.Form.UNFINISHED).isPresent())
        .toList();
    long incarnations = all.stream().flatMap(database -> Named.of(database.name()).stream()).map(Named::incarnation).distinct().count();
    long standing = all.stream().flatMap(database -> Named.of(database.name()).stream())
        .filter(name -> name.form() == Named.Form.STANDING).count();
    if (incarnations != all.size() || standing > 1) {
      found.add(violation(environment, "has more than one database: " + all.stream().map(Database::name).toList()));
    }
  }

  private static Violation violation(String environment, String what) {
    return new Violation(Invariant.ONE_ENVIRONMENT, environment, what);
  }
}
