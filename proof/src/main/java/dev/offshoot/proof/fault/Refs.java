package dev.offshoot.proof.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent.ReconcileHeld;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.fault.GitHost.Letter;
import dev.offshoot.proof.fault.ShopRepository.Push;
import dev.offshoot.wire.EventLog;

/** Refs that are elsewhere than the deliveries say: what the comparison of refs with environments makes good, and what it does not touch. */
final class Refs {
  private static final int SEED = 7;

  private Refs() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario("lost-deliveries", "of 28 pushes and deletes of ten branches 30 % are never told, and nothing is pushed after; refs are"
            + " compared every 5 s", Refs::lostDeliveries),
        new Scenario("replayed", "deliveries of a branch that has moved on, and then is gone, are sent once more", Refs::replayed),
        new Scenario("under-way", "a branch is deleted and made anew while its environment is made, one rewritten, one deleted while its"
            + " migration runs, and the default branch renamed", Refs::underWay),
        new Scenario("mass-delete", "four of five branches are gone without a word, then the host lists none at all; then all are back",
            Refs::massDelete));
  }

  private static Expectation lostDeliveries(Rig rig, Expectation before) throws Exception {
    Random lottery = new Random(SEED);
    List<Push> moves = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      moves.add(rig.shop().push("told-" + i, 3));
    }
    tell(rig, moves, lottery);
    moves.clear();
    for (int i = 0; i < 10; i++) {
      moves.add(rig.shop().push("told-" + i, 4));
    }
    for (int i = 0; i < 4; i++) {
      moves.add(rig.shop().delete("told-" + i));
    }
    for (int i = 0; i < 2; i++) {
      moves.add(rig.shop().push("told-" + i, 3));
    }
    moves.add(rig.shop().push("told-9", 5));
    moves.add(rig.shop().delete("told-8"));
    tell(rig, moves, lottery);
    return compared(rig, before);
  }

  private static void tell(Rig rig, List<Push> moves, Random lottery) throws InterruptedException {
    for (Push move : moves) {
      if (lottery.nextInt(10) >= 3) {
        rig.host().tell(move);
      }
    }
  }

  /** Waits, with refs that are compared every few seconds, until all is as the host says. */
  private static Expectation compared(Rig rig, Expectation expected) throws InterruptedException {
    rig.start(WorkerName.SWEEPER, rig.attentive(WorkerName.SWEEPER, "1"));
    rig.expect(expected);
    rig.start(WorkerName.SWEEPER, rig.command(WorkerName.SWEEPER, "1"));
    return expected;
  }

  private static Expectation replayed(Rig rig, Expectation before) throws Exception {
    List<Letter> captured = new ArrayList<>();
    for (int version = 3; version < 5; version++) {
      captured.add(tell(rig, rig.shop().push("captured", version)));
      rig.expect(before);
    }
    send(rig, captured);
    rig.expect(before);
    captured.add(tell(rig, rig.shop().delete("captured")));
    rig.expect(before);
    send(rig, captured);
    return before;
  }

  private static Letter tell(Rig rig, Push push) throws InterruptedException {
    Letter letter = GitHost.letter(push);
    send(rig, List.of(letter));
    return letter;
  }

  private static void send(Rig rig, List<Letter> letters) throws InterruptedException {
    for (Letter letter : letters) {
      if (!rig.host().send(letter)) {
        throw new IllegalStateException("A delivery was refused");
      }
    }
  }

  private static Expectation underWay(Rig rig, Expectation before) throws Exception {
    rig.host().tell(rig.shop().push("rewritten", 3));
    rig.host().tell(rig.shop().push("ended", 3));
    rig.expect(before);
    rig.host().tell(rig.shop().push("anew", 3));
    rig.host().tell(rig.shop().delete("anew"));
    rig.host().tell(rig.shop().push("anew", 4));
    rig.host().tell(rig.shop().rewrite("rewritten", 3, "CREATE TABLE another (id bigint PRIMARY KEY);"));
    rig.host().tell(rig.shop().push("ended", 4, "SELECT pg_sleep(5); CREATE TABLE late (id bigint);"));
    rig.await("the migration runs", () -> !atTip(rig.state("refs/heads/ended")));
    rig.host().tell(rig.shop().delete("ended"));
    String main = rig.shop().tip("main");
    rig.host().tell(rig.shop().move("trunk", main));
    rig.host().tell(rig.shop().delete("main"));
    rig.host().tell(rig.shop().move("main", main));
    return before;
  }

  private static boolean atTip(EnvironmentState state) {
    return state.currentSchema().filter(schema -> state.presence().flatMap(Presence::tip).filter(schema.commit()::equals).isPresent()).isPresent();
  }

  private static Expectation massDelete(Rig rig, Expectation before) throws Exception {
    List<String> branches = IntStream.range(0, 5).mapToObj(i -> "mass-" + i).toList();
    for (String branch : branches) {
      rig.host().tell(rig.shop().push(branch, 3));
    }
    rig.expect(before);
    Map<String, String> everything = rig.shop().tips();
    for (String branch : everything.keySet()) {
      if (!branch.equals("main") && !branch.equals("mass-0")) {
        rig.shop().delete(branch);
      }
    }
    // only now, and not while they are deleted or come back: a few of them are no mass
    rig.start(WorkerName.SWEEPER, rig.attentive(WorkerName.SWEEPER, "1"));
    awaitHeld(rig, 1);
    rig.shop().delete("mass-0");
    rig.shop().delete("main");
    awaitHeld(rig, 2);
    rig.start(WorkerName.SWEEPER, rig.command(WorkerName.SWEEPER, "1"));
    for (Map.Entry<String, String> each : everything.entrySet()) {
      rig.shop().move(each.getKey(), each.getValue());
    }
    rig.expect(before);
    for (String branch : branches) {
      Optional<Intent> intent = rig.state("refs/heads/" + branch).presence().map(Presence::intent);
      if (intent.filter(i -> i instanceof Intent.Standing && i.incarnation().equals(Incarnation.FIRST)).isEmpty()) {
        throw new IllegalStateException(branch + " was destroyed, or made anew: " + intent);
      }
    }
    return before;
  }

  private static void awaitHeld(Rig rig, int findings) {
    rig.await("the brake has held " + findings + " times", () -> {
      try (EventLog log = EventLog.open(rig.config().kafka(), true)) {
        long held = 0;
        while (!log.atEnd()) {
          held += log.poll(Duration.ofMillis(200)).stream().filter(message -> message.event() instanceof ReconcileHeld).count();
        }
        return held >= findings;
      }
    });
  }
}
