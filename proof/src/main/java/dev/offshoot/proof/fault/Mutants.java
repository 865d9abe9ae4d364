package dev.offshoot.proof.fault;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import dev.offshoot.cli.system.Logs;
import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Request;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.check.Invariant;
import dev.offshoot.proof.fault.Mutation.Change;

/**
 * Proves the checker: bugs are put into the workers' compiled code, and each must be found as what it breaks, where the same story
 * without it is clean. {@code Mutants FOLDER}; the property {@code prove.only} names some. Exit status 1 when one was not found,
 * or something was found without any.
 */
public final class Mutants {
  /** So long a story is given to come out well in spite of the bug. */
  private static final Duration FOR_A_BUG = Duration.ofSeconds(25);

  private final PrintStream screen = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Mutants() {}

  /**
   * A bug, and a story in which it shows.
   *
   * @param story told of a branch of this name
   * @param broken what the checker must find broken, whatever else it finds
   */
  record Mutant(String label, WorkerName worker, Mutation mutation, Story story, Invariant broken) {
    boolean isFoundIn(List<String> problems) {
      return problems.stream().anyMatch(problem -> problem.startsWith(broken.label() + " "));
    }
  }

  /** What happens; the worker is started by the command, whatever is in front of its class path. */
  @FunctionalInterface
  interface Story {
    void tell(Rig rig, JavaProcess.Command command, String branch) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Chosen chosen = Chosen.ofProperty(all().stream().map(Mutant::label).toList());
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])).toRealPath(), "run-");
    Logs.to(folder.resolve("driver.log"));
    System.exit(new Mutants().run(folder, chosen) ? 0 : 1);
  }

  /** Those last that leave Staging's own lane spoilt for all that follow. */
  static List<Mutant> all() {
    String worker = "dev.offshoot.";
    return List.of(
        new Mutant("destroyed-without-intent", WorkerName.PROVISIONER,
            new Mutation(worker + "provisioner.Destruction", "destroy", new Change.LeavesOut("commit")), Mutants::deleted,
            Invariant.INTENT_FIRST),
        new Mutant("destroyed-without-backup", WorkerName.PROVISIONER,
            new Mutation(worker + "provisioner.Retirement", "needsBackup", new Change.DoesNothing()), Mutants::deleted, Invariant.KEPT),
        new Mutant("migrations-skipped", WorkerName.MIGRATOR,
            new Mutation(worker + "migrator.flyway.FlywayRun", "migrate", new Change.LeavesOut("migrate")), Mutants::pushed, Invariant.MIGRATIONS),
        new Mutant("offset-runs-ahead", WorkerName.PROVISIONER,
            new Mutation(worker + "worker.runtime.Lanes$Partition", "offset", new Change.LeavesOut("isEmpty")), Mutants::killed,
            Invariant.SETTLED),
        new Mutant("report-not-written", WorkerName.REPORTER,
            new Mutation(worker + "blob.FolderBlobs", "put", new Change.DoesNothing()), Mutants::pushed, Invariant.SETTLED),
        new Mutant("acknowledged-too-early", WorkerName.WEBHOOK_INGEST,
            new Mutation(worker + "ingest.KafkaRequests", "publish", new Change.IsDoneAtOnce()), Mutants::pushed, Invariant.ACKNOWLEDGED),
        new Mutant("cursor-covers-nothing", WorkerName.PROVISIONER,
            new Mutation(worker + "wire.Cursor", "covers", new Change.DoesNothing()), Mutants::rewound, Invariant.COUNTED),
        new Mutant("sequence-not-kept", WorkerName.PROVISIONER,
            new Mutation(worker + "wire.Cursor", "sequence", new Change.DoesNothing()), Mutants::pushed, Invariant.ORDER),
        new Mutant("masked-values-left", WorkerName.PROVISIONER,
            new Mutation(worker + "provisioner.postgres.snapshot.TemplateMasking", "writeAnew", new Change.DoesNothing()), Mutants::snapshotted,
            Invariant.UNMASKED),
        new Mutant("not-masked", WorkerName.PROVISIONER,
            new Mutation(worker + "provisioner.postgres.snapshot.TemplateMasking", "update", new Change.DoesNothing()), Mutants::snapshotted,
            Invariant.UNMASKED));
  }

  private boolean run(Path folder, Chosen chosen) throws Exception {
    boolean proved = true;
    try (Rig rig = Rig.prepare(folder)) {
      rig.startWorkers();
      for (Mutant mutant : all()) {
        if (chosen.includes(mutant.label())) {
          proved &= isProved(rig, mutant);
        }
      }
    }
    return proved;
  }

  private boolean isProved(Rig rig, Mutant mutant) throws InterruptedException {
    try {
      mutant.story().tell(rig, rig.command(mutant.worker(), "1"), "well-" + mutant.label());
      rig.expect(Expectation.NOTHING);
      List<String> without = rig.problems();
      screen.println(mutant.label() + " without the bug: " + (without.isEmpty() ? "clean" : "FOUND " + without));
      rig.patience(FOR_A_BUG);
      List<String> with = bitten(rig, mutant);
      String found = mutant.isFoundIn(with) ? "found " : "NOT FOUND AS " + mutant.broken().label() + " ";
      screen.println(mutant.label() + " with it: " + found + with);
      return without.isEmpty() && mutant.isFoundIn(with);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      screen.println(mutant.label() + ": the story broke off: " + e);
      return false;
    } finally {
      rig.patience(Scenario.PATIENCE);
    }
  }

  /** What the checker says of a story with the bug; the worker without it runs afterwards. */
  static List<String> bitten(Rig rig, Mutant mutant) throws Exception {
    Path changed = mutant.mutation().writeTo(rig.folder().resolve("mutants").resolve(mutant.label()));
    try {
      mutant.story().tell(rig, rig.command(mutant.worker(), "1").before(changed), "ill-" + mutant.label());
      rig.expectBroken(mutant.broken());
      return rig.problems();
    } finally {
      rig.start(mutant.worker(), rig.command(mutant.worker(), "1"));
    }
  }

  private static void pushed(Rig rig, JavaProcess.Command command, String branch) throws Exception {
    WorkerName worker = WorkerName.labelled(command.words().get(2)).orElseThrow();
    rig.start(worker, command);
    rig.host().tell(rig.shop().push(branch, 3));
  }

  /** And a branch whose environment is made from the snapshot. */
  private static void snapshotted(Rig rig, JavaProcess.Command command, String branch) throws Exception {
    RepositoryKey shop = new RepositoryKey(ShopRepository.KEY);
    rig.start(WorkerName.PROVISIONER, command);
    Optional<EpochId> before = newest(rig, shop);
    rig.request(new Request.SnapshotRequested(Origin.staging(shop, "main"), "proof"));
    rig.await("there is a further snapshot", () -> !newest(rig, shop).equals(before));
    rig.host().tell(rig.shop().push(branch, 3));
  }

  private static Optional<EpochId> newest(Rig rig, RepositoryKey shop) throws InterruptedException {
    return rig.state(EnvironmentId.staging(shop)).epochs().flatMap(Epochs::newest).map(Epoch::id);
  }

  private static void deleted(Rig rig, JavaProcess.Command command, String branch) throws Exception {
    ShopRepository.Push push = rig.shop().push(branch, 3);
    rig.host().tell(push);
    rig.awaitUsable(push);
    rig.start(WorkerName.PROVISIONER, command);
    rig.host().tell(rig.shop().delete(branch));
  }

  /** It dies between the intent and the stores, and is started again. */
  private static void killed(Rig rig, JavaProcess.Command command, String branch) throws Exception {
    Map<String, String> deadly = new HashMap<>(command.environment());
    deadly.put("OFFSHOOT_FAULT", "create.stores.before#1");
    JavaProcess victim = rig.start(WorkerName.PROVISIONER, command.with(deadly));
    rig.host().tell(rig.shop().push(branch, 3));
    Eventually.await("the provisioner dies", Scenario.PATIENCE, () -> !victim.isAlive());
    rig.start(WorkerName.PROVISIONER, command);
  }

  /** Somebody sets the group's offsets back to the beginning. */
  private static void rewound(Rig rig, JavaProcess.Command command, String branch) throws Exception {
    ShopRepository.Push push = rig.shop().push(branch, 3);
    rig.host().tell(push);
    rig.awaitUsable(push);
    rig.worker(WorkerName.PROVISIONER).close();
    Map<TopicPartition, OffsetAndMetadata> beginning = IntStream.range(0, Rig.PARTITIONS).boxed()
        .collect(Collectors.toMap(partition -> new TopicPartition("offshoot.requests", partition), _ -> new OffsetAndMetadata(0)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", rig.servers().kafkaAddress()))) {
      Eventually.await("the group is empty, and its offsets are set back", Scenario.PATIENCE, () -> {
        admin.alterConsumerGroupOffsets("offshoot-provisioner", beginning).all().get();
        return true;
      });
    }
    rig.start(WorkerName.PROVISIONER, command);
    rig.host().tell(rig.shop().push(branch, 4));
  }
}
