package dev.offshoot.proof.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.fault.Proxy.Weather;
import dev.offshoot.wire.Json;

/** Processes that stop, servers that go away, and a network that fails. */
final class Outages {
  private static final Duration LONGER_THAN_A_SESSION = Duration.ofSeconds(8);
  private static final Duration OUTAGE = Duration.ofSeconds(20);

  private Outages() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario("zombie-provisioner", "the provisioner is stopped while it makes stores for longer than its session, another takes"
            + " over, and the first wakes up", Outages::zombieProvisioner),
        new Scenario("zombie-destroy", "the same in the middle of a destroy", Outages::zombieDestroy),
        new Scenario("zombie-migrator", "the migrator is stopped in the middle of a migration, another takes over, and the first wakes up",
            Outages::zombieMigrator),
        new Scenario("lost-partition", "a second migrator joins while four migrations run: the first lives on without the partitions it"
            + " lost", Outages::lostPartition),
        new Scenario("broker-killed", "the broker is killed while pushes come in, stays away for 5 s and is started again",
            Outages::broker),
        new Scenario("postgres-down", "PostgreSQL is stopped for 20 s while pushes come in", Outages::postgres),
        new Scenario("solr-down", "Solr is killed for as long as a migration elsewhere takes; a new branch waits for it", Outages::solr),
        new Scenario("redis-killed", "an environment's Redis server is killed: it is found dead and started again",
            Outages::redis),
        new Scenario("network-slow", "100 ms more on every answer of PostgreSQL and Solr, and 64 KiB/s", (rig, before) ->
            network(rig, "slow", before, () -> rig.network().weather(Weather.slow(Duration.ofMillis(100), 65_536)))),
        new Scenario("network-stalled", "nothing passes to PostgreSQL and Solr for 20 s, and nothing is closed", (rig, before) ->
            network(rig, "stalled", before, () -> rig.network().weather(Weather.STALLED))),
        new Scenario("network-cut", "all connections to PostgreSQL and Solr are reset every 300 ms for 20 s", (rig, before) ->
            network(rig, "cut", before, () -> {
              long end = System.nanoTime() + OUTAGE.toNanos();
              while (System.nanoTime() < end) {
                rig.network().cut();
                Thread.sleep(300);
              }
            })));
  }

  private static JavaProcess marked(Rig rig, WorkerName worker, Marks marks) {
    JavaProcess.Command command = rig.command(worker, "1");
    Map<String, String> variables = new HashMap<>(command.environment());
    variables.putAll(marks.variables());
    return rig.start(worker, command.with(variables));
  }

  private static Marks marks(Rig rig, String name) {
    return new Marks(rig.folder().resolve("marks-" + name));
  }

  private static Expectation zombieProvisioner(Rig rig, Expectation before) throws Exception {
    return zombie(rig, before, new Pause(WorkerName.PROVISIONER, "create.stores", "zombie-clone"),
        branch -> rig.host().tell(rig.shop().push(branch, 3)));
  }

  private static Expectation zombieDestroy(Rig rig, Expectation before) throws Exception {
    Pause pause = new Pause(WorkerName.PROVISIONER, "destroy.backup", "zombie-destroy");
    for (String branch : pause.branches()) {
      rig.host().tell(rig.shop().push(branch, 3));
    }
    rig.expect(before);
    return zombie(rig, before, pause, branch -> rig.host().tell(rig.shop().delete(branch)));
  }

  private static Expectation zombieMigrator(Rig rig, Expectation before) throws Exception {
    return zombie(rig, before, new Pause(WorkerName.MIGRATOR, "migrate.each", "zombie-migrator"), branch ->
        rig.host().tell(rig.shop().push(branch, 3, "SELECT pg_sleep(2); CREATE TABLE slow (id bigint);")));
  }

  /** Where a worker is stopped: between a point's {@code .before} and its {@code .after}. */
  private record Pause(WorkerName worker, String point, String branch) {
    /** One is enough unless the worker is already past the point when it is stopped. */
    List<String> branches() {
      return IntStream.rangeClosed(1, 4).mapToObj(i -> branch + "-" + i).toList();
    }
  }

  /** What leads a worker to a point. */
  @FunctionalInterface
  private interface Leading {
    void there(String branch) throws Exception;
  }

  /** Stops the only member at a point, lets another finish the work, and wakes the first. */
  private static Expectation zombie(Rig rig, Expectation before, Pause pause, Leading leading) throws Exception {
    Marks marks = marks(rig, pause.branch());
    JavaProcess first = marked(rig, pause.worker(), marks);
    String branch = stopped(first, marks, pause, leading);
    JavaProcess second = rig.another(pause.worker(), "2").awaitStarted();
    Thread.sleep(LONGER_THAN_A_SESSION);
    rig.expect(before);
    first.thaw();
    rig.host().tell(rig.shop().push(branch, 5));
    rig.expect(before);
    second.close();
    rig.start(pause.worker(), rig.command(pause.worker(), "1"));
    return before;
  }

  /** The branch whose work it was stopped in. */
  private static String stopped(JavaProcess worker, Marks marks, Pause pause, Leading leading) throws Exception {
    for (String branch : pause.branches()) {
      marks.await(pause.point() + ".before", () -> leading.there(branch));
      worker.freeze();
      if (marks.times(pause.point() + ".before") > marks.times(pause.point() + ".after")) {
        return branch;
      }
      worker.thaw();
    }
    throw new IllegalStateException(pause.worker().label() + " was never stopped within " + pause.point() + ": it is too quick");
  }

  private static Expectation lostPartition(Rig rig, Expectation before) throws Exception {
    Marks marks = marks(rig, "lost");
    marked(rig, WorkerName.MIGRATOR, marks);
    List<String> branches = List.of("lost-a", "lost-b", "lost-c", "lost-d");
    marks.await("migrate.each.before", () -> {
      for (String branch : branches) {
        rig.host().tell(rig.shop().push(branch, 3, "SELECT pg_sleep(25); CREATE TABLE slow (id bigint);"));
      }
    });
    JavaProcess second = rig.another(WorkerName.MIGRATOR, "2").awaitStarted();
    rig.expect(before);
    second.close();
    rig.start(WorkerName.MIGRATOR, rig.command(WorkerName.MIGRATOR, "1"));
    return before;
  }

  private static Expectation broker(Rig rig, Expectation before) throws Exception {
    for (String branch : List.of("broker-a", "broker-b", "broker-c")) {
      rig.host().tell(rig.shop().push(branch, 3));
    }
    rig.servers().kafka().kill();
    Thread.sleep(5_000);
    rig.servers().kafka().restart(Map.of());
    rig.host().tell(rig.shop().push("broker-a", 4));
    rig.host().tell(rig.shop().delete("broker-b"));
    return before;
  }

  private static Expectation postgres(Rig rig, Expectation before) throws Exception {
    rig.host().tell(rig.shop().push("postgres-a", 3));
    rig.expect(before);
    rig.host().tell(rig.shop().push("postgres-b", 3));
    rig.servers().postgres().stop();
    rig.host().tell(rig.shop().push("postgres-c", 3));
    rig.host().tell(rig.shop().push("postgres-a", 4));
    Thread.sleep(OUTAGE);
    rig.servers().postgres().resume();
    return before;
  }

  private static Expectation solr(Rig rig, Expectation before) throws Exception {
    rig.host().tell(rig.shop().push("solr-a", 3));
    rig.expect(before);
    rig.servers().solr().kill();
    rig.host().tell(rig.shop().push("solr-b", 3));
    ShopRepository.Push further = rig.shop().push("solr-a", 4);
    rig.host().tell(further);
    rig.awaitUsable(further);
    rig.servers().solr().restart(Map.of());
    return before;
  }

  private static Expectation redis(Rig rig, Expectation before) throws Exception {
    ShopRepository.Push push = rig.shop().push("redis-a", 3);
    rig.host().tell(push);
    rig.expect(before);
    String name = rig.database(push.ref());
    Path folder = rig.folder().resolve("redis").resolve(name);
    long killed = pid(folder).orElseThrow();
    ProcessHandle server = ProcessHandle.of(killed).orElseThrow();
    server.destroyForcibly();
    rig.await("another process serves " + name, () -> pid(folder).filter(pid -> pid != killed).flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive).isPresent());
    return before;
  }

  /** As it was noted when it was started. */
  private static Optional<Long> pid(Path folder) throws IOException {
    return Optional.of(Json.mapper().readTree(Files.readString(folder.resolve("process.json"))).path("pid").asLong())
        .filter(pid -> pid > 0);
  }

  private static Expectation network(Rig rig, String name, Expectation before, Marks.Doing worse) throws Exception {
    rig.host().tell(rig.shop().push("network-" + name, 3));
    rig.host().tell(rig.shop().push("network-" + name + "-2", 3));
    worse.run();
    rig.host().tell(rig.shop().push("network-" + name, 4));
    Thread.sleep(OUTAGE);
    rig.network().weather(Weather.FINE);
    rig.host().tell(rig.shop().delete("network-" + name + "-2"));
    return before;
  }
}
