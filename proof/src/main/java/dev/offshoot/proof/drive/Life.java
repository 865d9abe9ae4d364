package dev.offshoot.proof.drive;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.check.Expectation.Branch;
import dev.offshoot.proof.check.Expectation.Fate;
import dev.offshoot.wire.EventPublisher;

/** The life of two branches and their environments: each step is begun, and has an end that can be waited for. */
final class Life {
  private final Ground ground;
  private final Map<String, Map<String, String>> trees = new LinkedHashMap<>();
  private final Map<String, Fate> fates = new HashMap<>();
  private final String first;
  private final String second;
  private Optional<EpochId> epoch = Optional.empty();
  private Optional<EpochId> productions = Optional.empty();
  private Incarnation rebuilt = Incarnation.FIRST;

  /** @param number unlike that of every other life on this ground */
  Life(Ground ground, int number) {
    this.ground = ground;
    this.first = "feature/life-" + number + "-one";
    this.second = "feature/life-" + number + "-two";
  }

  /** Sets a step going. */
  void begin(Step step, Set<WorkerName> restarted) throws InterruptedException {
    switch (step) {
      case PUSH -> {
        push(first, 2);
        push(second, 2);
      }
      case NEXT_PUSH, WAKE -> {
        push(first, 1);
        push(second, 1);
      }
      case RESTART -> restarted.parallelStream().forEach(worker -> ground.worker(worker).restart(ground.patient()));
      case BREAK -> {
        migration(first, tree(first).size() + 1, "ALTER TABLE nothing_of_this_name ADD COLUMN x integer;\n");
        push(first, 0);
        fates.put(first, Fate.BROKEN);
      }
      case REPAIR -> {
        migration(first, tree(first).size(), "CREATE TABLE repaired (id bigint);\n");
        push(first, 0);
      }
      case REBUILD -> rebuild();
      case SNAPSHOT -> snapshot();
      case REHEARSE -> rehearse();
      case MERGE -> merge();
      case RESTORE -> restore();
      case RETURN -> push(first, 1);
      case SWEEP -> {
        fates.put(first, Fate.GIVEN_UP);
        fates.put(second, Fate.GIVEN_UP);
        restart(ground.impatient());
      }
      case FORGET -> restart(ground.forgetful());
      case RECONCILE -> {
        ground.host().repository().move(first, next(first, 1));
        ground.worker(WorkerName.SWEEPER).restart(ground.patient());
      }
      case DELETE -> {
        ground.host().delete(first);
        ground.host().delete(second);
        fates.clear();
      }
    }
  }

  /** Waits until what a step is to bring about is seen. */
  void awaitEnd(Step step) throws InterruptedException {
    switch (step) {
      case PUSH, NEXT_PUSH, WAKE -> {
        ready(first);
        ready(second);
      }
      case BREAK -> {
        Waiting.until(first + " says what is broken", () -> migrated(first) && state(first).phase() == Phase.FAILED);
        told(first, ": failed", "nothing_of_this_name");
      }
      case REPAIR, RETURN, RECONCILE -> ready(first);
      case RESTORE -> {
        ready(first);
        Waiting.until(first + " has what was in it before it was destroyed", () -> rows(first).areThere());
      }
      case RESTART -> {
        for (WorkerName worker : WorkerName.values()) {
          ground.worker(worker).awaitStarted();
        }
      }
      case REBUILD -> {
        Waiting.until(first + " is served by another incarnation alone", () ->
            state(first).incarnation().filter(is -> !is.equals(rebuilt)).isPresent()
            && state(first).presence().filter(present -> present.intent() instanceof Intent.Standing standing
                && standing.retiring().isEmpty()).isPresent());
        ready(first);
      }
      case SNAPSHOT -> Waiting.until("there is a new epoch", () -> !newest().equals(epoch));
      case REHEARSE -> rehearsed();
      case MERGE -> destroyed(first);
      case SWEEP -> {
        destroyed(first);
        destroyed(second);
      }
      case FORGET -> Waiting.until("only the newest epoch is kept, and no backup of " + first + " and " + second, () ->
          Stream.of(Ground.STAGING, Ground.PRODUCTION).allMatch(source -> ground.table().of(source).epochs()
              .filter(all -> all.epochs().size() == 1 && all.retiring().isEmpty()).isPresent())
          && Stream.of(first, second).flatMap(branch -> state(branch).backups().stream())
              .flatMap(backups -> backups.receipts().stream())
              .allMatch(receipt -> receipt.dropped().flatMap(Keeping.Dropped::gone).isPresent()));
      case DELETE -> {
        destroyed(first);
        destroyed(second);
      }
    }
  }

  /** What people do with what a step has brought them. */
  void use(Step step) throws InterruptedException {
    if (step == Step.PUSH) {
      fill(first);
      fill(second);
    }
  }

  /** What must not stay as it was for the next step. */
  void after(Step step) {
    if (step == Step.SWEEP || step == Step.FORGET) {
      restart(ground.patient());
    }
  }

  private void restart(Path configuration) {
    for (WorkerName worker : List.of(WorkerName.PROVISIONER, WorkerName.SWEEPER)) {
      ground.worker(worker).restart(configuration);
    }
  }

  /** What the refs and this life's steps so far say. */
  Expectation expectation() {
    Expectation expected = Expectation.NOTHING.withAcknowledged(ground.host().acknowledged());
    for (Map.Entry<String, Fate> fate : fates.entrySet()) {
      expected = expected.with(new Branch(Ground.REPOSITORY.value(), GitRef.ofBranch(fate.getKey()).name()), fate.getValue());
    }
    return expected;
  }

  private Map<String, String> tree(String branch) {
    return trees.computeIfAbsent(branch, _ -> Staging.tree());
  }

  private void migration(String branch, int version, String sql) {
    tree(branch).put(Staging.FOLDER + "/V" + version + "__step.sql", sql);
  }

  private void push(String branch, int more) {
    ground.host().push(branch, next(branch, more));
  }

  /** A commit on top of the branch with so many further migrations. */
  private Commit next(String branch, int more) {
    for (int i = 0; i < more; i++) {
      int version = tree(branch).size() + 1;
      migration(branch, version, """
          CREATE TABLE made_%d (id bigint PRIMARY KEY);
          INSERT INTO made_%d VALUES (1), (2);
          """.formatted(version, version));
    }
    tree(branch).put(Staging.CONFIG_SET + "/schema.xml", Staging.schema(tree(branch).size()));
    PlayedRepository repository = ground.host().repository();
    Commit parent = repository.tip(branch).or(() -> repository.tip(PlayedRepository.DEFAULT_BRANCH)).orElseThrow();
    fates.put(branch, Fate.READY);
    return repository.commit("Step", tree(branch), List.of(parent));
  }

  private void merge() throws InterruptedException {
    // a rebuild has made it anew since
    fill(first);
    PlayedRepository repository = ground.host().repository();
    Commit base = repository.tip(PlayedRepository.DEFAULT_BRANCH).orElseThrow();
    Commit head = repository.tip(first).orElseThrow();
    fates.put(first, Fate.GIVEN_UP);
    // the default branch keeps its files: other lives' migrations have the same numbers
    ground.host().merged(first, base, repository.commit("Merge", Staging.tree(), List.of(base, head)));
  }

  private void restore() {
    fates.put(first, Fate.READY);
    request(new Request.RestoreRequested(
        Origin.ofBranch(Ground.REPOSITORY, GitRef.ofBranch(first)), state(first).incarnation().orElseThrow(), "proof"));
  }

  private void rebuild() {
    rebuilt = state(first).incarnation().orElseThrow();
    request(new Request.RebuildRequested(Origin.ofBranch(Ground.REPOSITORY, GitRef.ofBranch(first)), rebuilt, Optional.empty(),
        EpochChoice.SAME, "the proof wants it", "proof"));
  }

  private void snapshot() {
    epoch = newest();
    request(new Request.SnapshotRequested(Origin.staging(Ground.REPOSITORY, PlayedRepository.DEFAULT_BRANCH), "proof"));
  }

  private void rehearse() {
    productions = newest(Ground.PRODUCTION);
    request(new Request.SnapshotRequested(Origin.production(Ground.REPOSITORY, PlayedRepository.DEFAULT_BRANCH), "proof"));
    request(new Request.RehearseRequested(Origin.ofBranch(Ground.REPOSITORY, GitRef.ofBranch(first)), state(first).incarnation().orElseThrow(),
        ground.host().repository().tip(first).orElseThrow(), "proof"));
  }

  private void rehearsed() throws InterruptedException {
    Waiting.until("there is a new epoch of Production", () -> !newest(Ground.PRODUCTION).equals(productions));
    Waiting.until("its history was run again, and compared", () -> newest(Ground.PRODUCTION)
        .flatMap(epoch -> new FolderBlobs(ground.config().blobs()).get("histories/" + Ground.PRODUCTION + "/" + epoch + ".json")).isPresent());
    Commit tip = ground.host().repository().tip(first).orElseThrow();
    Waiting.until(first + " was rehearsed, and nothing is left of that", () -> {
      List<EnvironmentState> all = ground.table().all().stream().filter(this::isOfTheFirst).toList();
      return all.stream().allMatch(state -> state.phase() == Phase.DESTROYED)
          && all.stream().flatMap(state -> state.presence().stream()).flatMap(present -> present.origin().rehearsal().stream())
              .anyMatch(tried -> tried.commit().equals(tip));
    });
    Waiting.until("the report of " + first + " says so", () -> state(first).report().flatMap(Report::verdict)
        .filter(verdict -> verdict.contains("on Production's snapshot")).isPresent());
  }

  private boolean isOfTheFirst(EnvironmentState state) {
    return state.presence().map(Presence::origin)
        .filter(origin -> origin.rehearsal().isPresent() && origin.ref().equals(GitRef.ofBranch(first))).isPresent();
  }

  private void request(Request request) {
    try (EventPublisher publisher = EventPublisher.open(ground.config().kafka())) {
      publisher.publish(
          Message.first(EventId.random(), new EventSource("/offshoot/proof"), Clock.systemUTC().instant(), request)).join();
    }
  }

  private Optional<EpochId> newest() {
    return newest(Ground.STAGING);
  }

  private Optional<EpochId> newest(EnvironmentId source) {
    return ground.table().of(source).epochs().flatMap(all -> all.epochs().stream().map(e -> e.id()).max(Comparator.naturalOrder()));
  }

  private EnvironmentState state(String branch) {
    return ground.table().of(EnvironmentId.of(Ground.REPOSITORY, GitRef.ofBranch(branch)));
  }

  /** The schema and the report are of the branch's tip, in the current incarnation. */
  private boolean migrated(String branch) {
    Optional<Commit> tip = ground.host().repository().tip(branch);
    EnvironmentState state = state(branch);
    return state.currentSchema().filter(schema -> tip.filter(schema.commit()::equals).isPresent()).isPresent()
        && state.report().filter(report -> tip.filter(report.commit()::equals).isPresent()
            && state.incarnation().filter(report.incarnation()::equals).isPresent()).isPresent();
  }

  private void fill(String branch) throws InterruptedException {
    Waiting.until(branch + " takes rows and keys", () -> rows(branch).arePut());
  }

  private Rows rows(String branch) {
    return new Rows(ground.config(), state(branch).currentStores().orElseThrow(), state(branch).id());
  }

  private void ready(String branch) throws InterruptedException {
    Waiting.until(branch + " is ready at its tip and reported", () -> migrated(branch) && state(branch).phase() == Phase.READY);
    Commit tip = ground.host().repository().tip(branch).orElseThrow();
    told(branch, ": ready", tip.brief(), "Delta report");
    Waiting.until("the git host shows that " + branch + " is ready", () -> ground.host().shows(tip, "success"));
  }

  private void told(String branch, String... words) throws InterruptedException {
    Waiting.until("the change of " + branch + " has one comment, which says " + String.join(", ", words),
        () -> ground.host().tells(branch, words));
  }

  private void destroyed(String branch) throws InterruptedException {
    Waiting.until(branch + " is destroyed", () -> state(branch).phase() == Phase.DESTROYED);
    told(branch, ": destroyed");
  }
}
