package dev.offshoot.proof.fault;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.fault.ShopRepository.Push;

/** A webhook's secret is replaced while deliveries come in. */
final class SecretRotation {
  private SecretRotation() {}

  static List<Scenario> all() {
    return List.of(new Scenario("secret-rotation", "the webhook's secret is replaced in two restarts of the ingest while pushes come in, signed"
        + " with the old one, then with either, then with the next", SecretRotation::rotated));
  }

  private static Expectation rotated(Rig rig, Expectation before) throws Exception {
    try (GitHost next = rig.nextHost(); ExecutorService sender = Executors.newSingleThreadExecutor()) {
      Future<?> old = sender.submit(() -> pushes(rig, rig.host(), rig.host(), 3));
      rig.start(WorkerName.WEBHOOK_INGEST, rig.rotating());
      old.get();
      pushes(rig, rig.host(), next, 4);
      Future<?> later = sender.submit(() -> pushes(rig, next, next, 5));
      rig.start(WorkerName.WEBHOOK_INGEST, rig.rotated());
      later.get();
      String tip = rig.shop().tip("rotated-0");
      if (rig.host().send(GitHost.letter(new Push("refs/heads/rotated-0", tip, tip)))) {
        throw new IllegalStateException("What is signed with the secret that was replaced is still let in");
      }
      rig.start(WorkerName.WEBHOOK_INGEST, rig.command(WorkerName.WEBHOOK_INGEST, "1"));
      return before.withAcknowledged(next.acknowledged());
    }
  }

  /** Each is sent until it is acknowledged: one that is refused for good breaks the scenario off. */
  private static Void pushes(Rig rig, GitHost even, GitHost odd, int version) throws InterruptedException {
    for (int i = 0; i < 6; i++) {
      (i % 2 == 0 ? even : odd).tell(rig.shop().push("rotated-" + i, version));
    }
    return null;
  }
}
