package dev.offshoot.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

import dev.offshoot.cli.demo.Shop;
import dev.offshoot.cli.demo.ShopFiles;
import dev.offshoot.cli.demo.ShopStaging;
import dev.offshoot.cli.system.Addresses;
import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.cli.system.Installation;
import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.cli.system.WorkerPlace;
import dev.offshoot.embedded.KafkaSettings;
import dev.offshoot.embedded.ServersLayout;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.wire.StateTable;

/**
 * Starts of everything, cold and warm; then rounds of a branch's first push, from the signed delivery to each lifecycle event as a
 * consumer hears it, and of the same by hand on the same servers, in turns. Prints Markdown for docs/performance.md.
 */
public final class PushToReady {
  private static final RepositoryKey REPOSITORY = new RepositoryKey(Shop.KEY);
  private static final EnvironmentId STAGING = EnvironmentId.staging(REPOSITORY);
  private static final int STARTS = 3;

  private final Shop shop;
  private final Samples starts = new Samples();
  private final Samples offshoot = new Samples();
  /** On a broker that leaves flushing to the operating system, as brokers with replicas do. */
  private final Samples withoutFlush = new Samples();
  private final Samples byHand = new Samples();

  private PushToReady(Path folder) {
    this.shop = new Shop(folder.resolve("shop"));
  }

  /** @param arguments how many rounds */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("offshoot-bench-").toRealPath();
    PushToReady bench = new PushToReady(folder);
    bench.shop.create();
    Path config = Files.writeString(folder.resolve("offshoot.yaml"), bench.shop.configuration());
    for (int i = 0; i < STARTS; i++) {
      DataFolder data = new DataFolder(folder.resolve("cold" + i)).prepare();
      bench.start("cold: nothing there yet", layout(data), data, config).close();
      bench.start("warm: found again", layout(data), data, config).close();
    }
    DataFolder data = new DataFolder(folder.resolve("data")).prepare();
    try (Installation installation = bench.start("cold: nothing there yet", layout(data), data, config)) {
      bench.rounds(installation, "flushed", rounds, bench.offshoot);
    }
    ServersLayout cached = new ServersLayout(
        layout(data).root(), layout(data).binaries(), KafkaSettings.defaults().withoutFlush(), layout(data).postgres());
    try (Installation installation = bench.start("warm: found again", cached, data, config)) {
      bench.rounds(installation, "cached", rounds, bench.withoutFlush);
    }
    System.out.printf(Locale.ROOT, "%s%n%s%n%s%n%s%nLoad average at the end: %.1f, %d processors%n",
        bench.starts.table("Start of everything"), bench.offshoot.table("Offshoot, from the delivery on"),
        bench.withoutFlush.table("the same on a broker that does not flush each write"), bench.byHand.table("By hand"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors());
    System.exit(0);
  }

  private static ServersLayout layout(DataFolder data) {
    return ServersLayout.in(data.servers());
  }

  private Installation start(String kind, ServersLayout layout, DataFolder data, Path config) throws Exception {
    long began = System.nanoTime();
    Installation installation = Installation.start(data, config, OptionalInt.empty(), layout,
        (server, after) -> starts.add(kind + ": " + server.label(), after.toNanos()));
    long servers = System.nanoTime();
    starts.add(kind + ": the four servers", servers - began);
    installation.config().repositories().values().forEach(new StagingStores(installation.config().stores())::ensure);
    if (kind.startsWith("cold") && data.root().endsWith("data")) {
      ShopStaging staging = new ShopStaging(installation.config());
      staging.loadDatabase(shop.workTree().resolve(ShopFiles.MIGRATIONS));
      staging.loadIndex();
    }
    long workers = System.nanoTime();
    installation.startWorkers(WorkerPlace.THIS_PROCESS);
    starts.add(kind + ": the five workers", System.nanoTime() - workers);
    return installation;
  }

  private void rounds(Installation installation, String broker, int rounds, Samples samples) throws Exception {
    String webhook = Addresses.of(installation.config()).webhook(Shop.KEY);
    try (Arrivals arrivals = new Arrivals(installation.config().kafka());
        StateTable table = StateTable.open(installation.config().kafka())) {
      arrivals.await(STAGING, LifecycleEvent.SnapshotPublished.class);
      table.catchUp();
      Epoch epoch = table.of(STAGING).epochs().flatMap(Epochs::newest).orElseThrow();
      ByHand hand = new ByHand(installation.config().stores(), epoch, shop.workTree().resolve(ShopFiles.MIGRATIONS));
      for (int round = 0; round < rounds + 2; round++) {
        boolean warmUp = round < 2;
        push("feature/" + broker + "-" + round, webhook, arrivals, warmUp ? new Samples() : samples);
        hand.run("by_hand_" + broker + "_" + round, warmUp ? new Samples() : byHand);
      }
    }
  }

  private void push(String branch, String webhook, Arrivals arrivals, Samples samples) throws Exception {
    shop.developer().run("checkout", "--quiet", "-b", branch, "main");
    shop.commitMigration("V3__round.sql", ShopFiles.V3);
    shop.developer().run("push", "--quiet", "origin", branch);
    EnvironmentId environment = EnvironmentId.of(REPOSITORY, GitRef.ofBranch(branch));
    SignedPush delivery = SignedPush.of(shop, branch);

    long began = System.nanoTime();
    delivery.deliver(webhook);
    samples.add("delivery answered 202", System.nanoTime() - began);
    samples.add("intent heard (accepted)", arrivals.await(environment, LifecycleEvent.EnvironmentAccepted.class) - began);
    long stores = arrivals.await(environment, LifecycleEvent.StoresReady.class);
    LifecycleEvent.StoresReady said = arrivals.heard(environment, LifecycleEvent.StoresReady.class);
    String how = said.drills().orElse(List.of()).stream().allMatch(RestoreDrill::warm) ? "warm" : "not all of them warm";
    samples.add("all three stores answer (stores.ready), " + how, stores - began);
    samples.add("of that, in the provisioner: the stores, " + how, said.took().toNanos());
    samples.add("**ready** (environment.created)", arrivals.await(environment, LifecycleEvent.EnvironmentCreated.class) - began);
    samples.add("report published", arrivals.await(environment, LifecycleEvent.ReportPublished.class) - began);
  }
}
