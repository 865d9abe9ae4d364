package dev.offshoot.bench.clones;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.PostgresCloning;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.pool.ClaimCounts;
import dev.offshoot.provisioner.pool.WarmPool;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.pool.PostgresPool;
import dev.offshoot.provisioner.postgres.server.AdminSessions;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;

/** Environments' databases as the provisioner makes them. */
final class Environments {
  private static final Instant INTENT = Instant.parse("2026-11-21T10:00:00Z");
  private static final PostgresCloning.Check UNCHECKED = new PostgresCloning.Check(0, 0);

  private final Server server;
  private final RepositoryConfig repository;
  private final StoreSnapshot template;
  private final EpochId epoch;
  private int made;

  private Environments(Server server, RepositoryConfig repository, StoreSnapshot template, EpochId epoch) {
    this.server = server;
    this.repository = repository;
    this.template = template;
    this.epoch = epoch;
  }

  /** From a snapshot of this database. */
  static Environments of(Server server, String staging) {
    RepositoryConfig repository = Server.repository(staging.replace("_", "-"), staging);
    EpochId epoch = EpochId.at(Clock.systemUTC().instant());
    long began = System.nanoTime();
    StoreSnapshot template = epochs(server, cloning(0, UNCHECKED)).snapshot(repository, epoch).orElseThrow();
    System.out.printf(Locale.ROOT, "%nSnapshot of %s: %.0f ms, %s%n%n", staging, (System.nanoTime() - began) / 1e6,
        template.clones().map(Object::toString).orElse("no strategy measured"));
    return new Environments(server, repository, template, epoch);
  }

  String template() {
    return template.name();
  }

  private static PostgresCloning cloning(int slots, PostgresCloning.Check check) {
    return new PostgresCloning(new PoolSize(slots, slots), 512, check);
  }

  private static PostgresEpochs epochs(Server server, PostgresCloning cloning) {
    return new PostgresEpochs(server.config(cloning), Server.CREDENTIALS, Clock.systemUTC());
  }

  private PostgresStore store(AdminSessions sessions) {
    return new PostgresStore(sessions, Server.CREDENTIALS, server.blobs(), Clock.systemUTC(), new ClaimCounts(StoreKind.POSTGRES));
  }

  private List<Blueprint> next(int count) {
    return IntStream.range(0, count).mapToObj(_ -> {
      made++;
      Owner owner = new Owner(repository.key(),
          Origin.ofBranch(repository.key(), GitRef.ofBranch("feature/bench-" + made)).environment(), Incarnation.FIRST);
      return new Blueprint(new OwnerTag(owner, epoch, INTENT), new Blueprint.Source.Snapshot(template));
    }).toList();
  }

  /** Cold, one after another: the whole step, with its session, role, ownership, tag and password. */
  void cold(int count, boolean checked) throws Exception {
    AdminSessions sessions =
        AdminSessions.keeping(server.config(cloning(0, checked ? new PostgresCloning.Check(1 << 20, 1) : UNCHECKED)));
    PostgresStore store = store(sessions);
    List<Blueprint> all = next(count);
    Latencies ensured = each(all, 1, store::ensure);
    Latencies deleted = each(all, 1, one -> store.delete(one.tag().owner(), new Removal.NeverUsable()));
    row("cold" + (checked ? ", each compared with its snapshot" : ", not compared"), ensured);
    row("removed", deleted);
    sessions.close();
  }

  /** From the pool, which is filled before each round and does nothing during it. */
  void warm(int slots, int rounds, int lanes) throws Exception {
    PostgresConfig config = server.config(cloning(slots, UNCHECKED));
    AdminSessions sessions = AdminSessions.keeping(config);
    PostgresStore store = store(sessions);
    Latencies ensured = new Latencies();
    Latencies claims = new Latencies();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics.addRegistry(registry);
    for (int i = 0; i < rounds; i++) {
      fill(config, slots);
      List<Blueprint> all = next(slots);
      each(all, lanes, one -> {
        double before = claimed(registry);
        long began = System.nanoTime();
        store.ensure(one);
        ensured.add(System.nanoTime() - began);
        claims.add((long) (claimed(registry) - before));
      });
      each(all, 1, one -> store.delete(one.tag().owner(), new Removal.NeverUsable()));
    }
    Metrics.removeRegistry(registry);
    sessions.close();
    row("warm, " + lanes + " at a time", ensured);
    if (lanes == 1) {
      row("of that, the claim itself", claims);
    }
  }

  private static double claimed(SimpleMeterRegistry registry) {
    return registry.find("offshoot.pool.claim").timers().stream().mapToDouble(timer -> timer.totalTime(TimeUnit.NANOSECONDS)).sum();
  }

  private void fill(PostgresConfig config, int slots) throws Exception {
    try (WarmPool pool = new WarmPool(
        new PostgresPool(config, Clock.systemUTC()), epochs(server, config.cloning()), List.of(repository), Clock.systemUTC())) {
      pool.start();
      while (server.number("SELECT count(*) FROM pg_database WHERE starts_with(datname, 'pool_')") < slots) {
        Thread.sleep(20);
      }
    }
  }

  /** So many made and removed. */
  void many(int count, int lanes) throws Exception {
    AdminSessions sessions = AdminSessions.keeping(server.config(cloning(0, UNCHECKED)));
    PostgresStore store = store(sessions);
    List<Blueprint> all = next(count);
    long began = System.nanoTime();
    Latencies ensured = each(all, lanes, store::ensure);
    double making = (System.nanoTime() - began) / 1e9;
    began = System.nanoTime();
    each(all, lanes, one -> store.delete(one.tag().owner(), new Removal.NeverUsable()));
    double removing = (System.nanoTime() - began) / 1e9;
    sessions.close();
    System.out.printf(Locale.ROOT, "| %d | %d | %.1f | %s | %.1f | %.1f |%n", count, lanes, count / making, ensured.cells(), making,
        removing);
  }

  private static Latencies each(List<Blueprint> all, int lanes, Consumer<Blueprint> work) throws Exception {
    Latencies latencies = new Latencies();
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
      List<Future<?>> running = new ArrayList<>();
      for (Blueprint one : all) {
        running.add(threads.submit(() -> {
          long began = System.nanoTime();
          work.accept(one);
          latencies.add(System.nanoTime() - began);
        }));
      }
      for (Future<?> one : running) {
        try {
          one.get();
        } catch (ExecutionException e) {
          throw new IllegalStateException("It went wrong: " + e.getCause(), e);
        }
      }
    }
    return latencies;
  }

  private static void row(String what, Latencies latencies) {
    System.out.println("| " + what + " | " + latencies.cells() + " |");
  }
}
