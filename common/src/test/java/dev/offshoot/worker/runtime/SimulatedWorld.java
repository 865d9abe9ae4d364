package dev.offshoot.worker.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;

/** Git and the stores: what handlers look at and change. Every effect is idempotent; the checker sees who does what, and when. */
final class SimulatedWorld {
  private final SimulationChecker checker;
  private final Map<EnvironmentId, Commit> tips = new HashMap<>();
  private final Map<EnvironmentId, TreeMap<Integer, Database>> databases = new HashMap<>();

  /** A database of one incarnation. */
  static final class Database {
    private boolean built;
    private boolean backedUp;
    private Optional<Commit> schema = Optional.empty();

    boolean isBuilt() {
      return built;
    }

    boolean isBackedUp() {
      return backedUp;
    }

    Optional<Commit> schema() {
      return schema;
    }
  }

  SimulatedWorld(SimulationChecker checker) {
    this.checker = checker;
  }

  void push(EnvironmentId environment, Commit commit) {
    tips.put(environment, commit);
  }

  void deleteBranch(EnvironmentId environment) {
    tips.remove(environment);
  }

  Optional<Commit> tip(EnvironmentId environment) {
    return Optional.ofNullable(tips.get(environment));
  }

  /** What stands, or is half built, by incarnation. */
  Map<Integer, Database> databases(EnvironmentId environment) {
    return databases.getOrDefault(environment, new TreeMap<>());
  }

  /** The first of two steps. */
  void begin(EnvironmentId environment, int incarnation, Actor actor) {
    checker.creates(environment, incarnation, actor);
    databases.computeIfAbsent(environment, _ -> new TreeMap<>()).computeIfAbsent(incarnation, _ -> new Database());
  }

  void finish(EnvironmentId environment, int incarnation, Actor actor) {
    begin(environment, incarnation, actor);
    Optional.ofNullable(databases(environment).get(incarnation)).ifPresent(database -> database.built = true);
  }

  void backUp(EnvironmentId environment, int incarnation) {
    Optional.ofNullable(databases(environment).get(incarnation)).ifPresent(database -> database.backedUp = true);
  }

  void delete(EnvironmentId environment, int incarnation, Actor actor) {
    Optional.ofNullable(databases(environment).get(incarnation)).ifPresent(database -> {
      checker.deletes(environment, incarnation, database, actor);
      databases(environment).remove(incarnation);
    });
  }

  /** Answers false when there is nothing to migrate. */
  boolean migrate(EnvironmentId environment, int incarnation, Commit commit) {
    Database database = databases(environment).get(incarnation);
    if (database == null || !database.built) {
      return false;
    }
    database.schema = Optional.of(commit);
    return true;
  }

  /** Removes what no live intent names, as the janitor does; answers which incarnations those were. */
  List<Integer> sweep(EnvironmentId environment, Optional<Integer> live) {
    List<Integer> garbage = databases(environment).keySet().stream().filter(i -> live.filter(i::equals).isEmpty()).toList();
    garbage.forEach(databases(environment)::remove);
    return garbage;
  }

  /** Who acts: a handler whose outcome counts, or one that goes on although it was cancelled. */
  enum Actor { OWNER, ZOMBIE }
}
