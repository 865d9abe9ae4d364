package dev.offshoot.proof.fault;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.Presence;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.fault.ShopRepository.Push;

/** Disks without room: what is asked for meanwhile waits and says why, nothing that is there goes, and once there is room it goes on. */
final class FullDisks {
  /** Less than the reserve that stays free on the database server's disk, and enough for what the environments write. */
  private static final long FOR_WHAT_IS_THERE = 300L << 20;

  private FullDisks() {}

  static List<Scenario> all() {
    Optional<String> obstacle = SmallDisk.obstacle();
    return List.of(
        new Scenario("disk-full-postgres", "less than the reserve is free on the disk of PostgreSQL's data while three branches are"
            + " pushed; one that is there is migrated meanwhile", obstacle, FullDisks::postgres),
        new Scenario("disk-full-redis", "nothing is free where the environments' Redis servers keep their data while a branch is pushed",
            obstacle, FullDisks::redis),
        new Scenario("disk-full-blobs", "nothing is free where reports are kept while a branch is pushed", obstacle, FullDisks::blobs));
  }

  private static Expectation postgres(Rig rig, Expectation before) throws Exception {
    rig.host().tell(rig.shop().push("disk-a", 3));
    rig.expect(before);
    rig.disks().postgres().leave(FOR_WHAT_IS_THERE);
    try {
      List<Push> pushes = List.of(rig.shop().push("disk-b", 3), rig.shop().push("disk-c", 3), rig.shop().push("disk-d", 3),
          rig.shop().push("disk-e", 3));
      for (Push push : pushes) {
        rig.host().tell(push);
      }
      // as many as stand ready in the pool need no room
      rig.await("one of them says that there is no room", () -> says(rig, pushes, "There is no room"));
      Push further = rig.shop().push("disk-a", 4);
      rig.host().tell(further);
      rig.awaitUsable(further);
    } finally {
      rig.disks().postgres().makeRoom();
    }
    return before;
  }

  private static Expectation redis(Rig rig, Expectation before) throws Exception {
    return full(rig, before, rig.disks().redis(), "disk-f");
  }

  private static Expectation full(Rig rig, Expectation before, SmallDisk disk, String branch) throws Exception {
    disk.leave(0);
    try {
      Push push = rig.shop().push(branch, 3);
      rig.host().tell(push);
      rig.await(branch + " says that there is no room", () -> says(rig, List.of(push), "No space left"));
    } finally {
      disk.makeRoom();
    }
    return before;
  }

  /** A report is no condition for an environment to be ready; it comes once it can be written. */
  private static Expectation blobs(Rig rig, Expectation before) throws Exception {
    rig.disks().blobs().leave(0);
    try {
      Push push = rig.shop().push("disk-g", 3);
      rig.host().tell(push);
      rig.awaitUsable(push);
      Thread.sleep(5_000);
      if (rig.state(push.ref()).report().isPresent()) {
        throw new IllegalStateException("A report was written though there was no room for it");
      }
    } finally {
      rig.disks().blobs().makeRoom();
    }
    return before;
  }

  /** Whether one of the environments does. */
  private static boolean says(Rig rig, List<Push> pushes, String what) throws InterruptedException {
    for (Push push : pushes) {
      if (rig.state(push.ref()).presence().flatMap(Presence::failure).filter(why -> why.contains(what)).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
