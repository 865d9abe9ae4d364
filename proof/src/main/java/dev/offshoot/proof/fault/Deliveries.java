package dev.offshoot.proof.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.check.Expectation.Branch;
import dev.offshoot.proof.check.Expectation.Fate;
import dev.offshoot.proof.fault.GitHost.Letter;
import dev.offshoot.proof.fault.ShopRepository.Push;
import dev.offshoot.wire.EventPublisher;


/** Deliveries that come too often, in another order or never; members that come and go; workers that race. */
final class Deliveries {
  private static final RepositoryKey SHOP = new RepositoryKey(ShopRepository.KEY);

  private Deliveries() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario("duplicated", "each of eight deliveries comes ten times, from four senders at once", Deliveries::duplicated),
        new Scenario("reordered", "three pushes, a delete and the push that brings the branch back are told in reverse",
            Deliveries::reordered),
        new Scenario("lost", "three of ten deliveries never come; a further push of each branch does", Deliveries::lost),
        new Scenario("rebalance-storm", "provisioners and migrators join and are killed, one after the other, while 20 pushes come in",
            Deliveries::storm),
        new Scenario("race", "two provisioners, and for one environment a push, two asks of sweepers and two wishes to destroy at once",
            Deliveries::race),
        new Scenario("clock",
            "the sweeper's clock is 55 minutes fast, more than the 50 after which an environment is idle; then the provisioner's is 10"
            + " minutes slow, and fast: nothing is swept",
            Files.isRegularFile(fakeTime()) ? Optional.empty() : Optional.of("-Dproof.faketime names no libfaketimeMT.so.1"),
            Deliveries::clock));
  }

  private static Expectation duplicated(Rig rig, Expectation before) throws Exception {
    List<Letter> letters = new ArrayList<>();
    for (String branch : List.of("twice-a", "twice-b", "twice-c", "twice-d")) {
      letters.add(GitHost.letter(rig.shop().push(branch, 3)));
      letters.add(GitHost.letter(rig.shop().push(branch, 4)));
    }
    List<Letter> tenTimes = new ArrayList<>(letters.stream().flatMap(letter -> Collections.nCopies(10, letter).stream()).toList());
    Collections.shuffle(tenTimes, new Random(1));
    try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
      together(senders, tenTimes.stream().map(letter -> (Callable<Boolean>) () -> rig.host().send(letter)).toList());
    }
    return before;
  }

  /** What one of them throws breaks the scenario off. */
  private static void together(ExecutorService threads, List<Callable<Boolean>> calls) throws Exception {
    for (Future<Boolean> call : threads.invokeAll(calls)) {
      call.get();
    }
  }

  private static Expectation reordered(Rig rig, Expectation before) throws Exception {
    List<Push> pushes = new ArrayList<>();
    for (int version = 3; version < 6; version++) {
      pushes.add(rig.shop().push("reordered", version));
    }
    pushes.add(rig.shop().delete("reordered"));
    pushes.add(rig.shop().push("reordered", 3));
    for (Push push : pushes.reversed()) {
      rig.host().tell(push);
    }
    return before;
  }

  /** The refs are compared every five minutes here, so that a next push comes first, if not always. */
  private static Expectation lost(Rig rig, Expectation before) throws Exception {
    Expectation meanwhile = before;
    for (int i = 0; i < 10; i++) {
      Push push = rig.shop().push("lossy-" + i, 3);
      if (i % 3 == 2) {
        meanwhile = meanwhile.with(new Branch(ShopRepository.KEY, push.ref()), Fate.UNTOLD);
      } else {
        rig.host().tell(push);
      }
    }
    rig.expect(meanwhile);
    for (int i = 2; i < 10; i += 3) {
      rig.host().tell(rig.shop().push("lossy-" + i, 4));
    }
    return before;
  }

  private static Expectation storm(Rig rig, Expectation before) throws Exception {
    List<JavaProcess> members = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rig.host().tell(rig.shop().push("storm-" + i % 7, 3 + i / 7));
      if (i % 2 == 0) {
        WorkerName worker = i % 4 == 0 ? WorkerName.MIGRATOR : WorkerName.PROVISIONER;
        members.add(rig.another(worker, "storm-" + i).awaitStarted());
      }
      if (members.size() > 2) {
        members.removeFirst().kill();
      }
    }
    members.forEach(JavaProcess::kill);
    return before;
  }

  /** For the provisioners an environment is idle after a second, so that the asks are due; the sweeper makes none of its own. */
  private static Expectation race(Rig rig, Expectation before) throws Exception {
    rig.start(WorkerName.PROVISIONER, rig.impatient(WorkerName.PROVISIONER, "1"));
    rig.host().tell(rig.shop().push("race", 3));
    rig.expect(before);
    JavaProcess second = rig.another(rig.impatient(WorkerName.PROVISIONER, "2")).awaitStarted();
    Origin origin = Origin.ofBranch(SHOP, GitRef.ofBranch("race"));
    Thread.sleep(2_000);
    Request ask = new Request.Expired(origin, Incarnation.FIRST, Clock.systemUTC().instant());
    Request wish = new Request.DestroyRequested(origin, "race", "proof");
    try (EventPublisher publisher = EventPublisher.open(rig.config().kafka()); ExecutorService racers = Executors.newFixedThreadPool(5)) {
      List<Callable<Boolean>> race = new ArrayList<>();
      for (Request request : List.of(ask, wish, ask, wish)) {
        race.add(() -> {
          publisher.publish(first(request)).join();
          return true;
        });
      }
      race.add(() -> {
        rig.host().tell(rig.shop().push("race", 4));
        return true;
      });
      together(racers, race);
    }
    rig.host().tell(rig.shop().push("race", 5));
    rig.expect(before);
    second.close();
    rig.start(WorkerName.PROVISIONER, rig.command(WorkerName.PROVISIONER, "1"));
    return before;
  }

  private static Message first(Request request) {
    return Message.first(EventId.random(), new EventSource("/offshoot/proof"), Clock.systemUTC().instant(), request);
  }

  /** Needs libfaketime, which the property proof.faketime names. The broker refuses records that are more than an hour ahead. */
  private static Expectation clock(Rig rig, Expectation before) throws Exception {
    rig.host().tell(rig.shop().push("clock", 3));
    rig.expect(before);
    try {
      rig.start(WorkerName.SWEEPER, atAnotherTime(rig.command(WorkerName.SWEEPER, "1"), "+55m"));
      Thread.sleep(10_000);
      for (String time : List.of("-10m", "+10m")) {
        rig.start(WorkerName.PROVISIONER, atAnotherTime(rig.command(WorkerName.PROVISIONER, "1"), time));
        rig.host().tell(rig.shop().push("clock", time.equals("-10m") ? 4 : 5));
        rig.expect(before);
      }
    } finally {
      // the library keeps a core busy, and what comes next has the right time
      for (WorkerName worker : List.of(WorkerName.SWEEPER, WorkerName.PROVISIONER)) {
        rig.start(worker, rig.command(worker, "1"));
      }
    }
    return before;
  }

  private static Path fakeTime() {
    return Path.of(System.getProperty("proof.faketime", ""));
  }

  private static JavaProcess.Command atAnotherTime(JavaProcess.Command command, String time) {
    Map<String, String> variables = new HashMap<>(command.environment());
    variables.putAll(Map.of("LD_PRELOAD", fakeTime().toString(), "FAKETIME", time, "DONT_FAKE_MONOTONIC", "1"));
    return command.with(variables);
  }
}
