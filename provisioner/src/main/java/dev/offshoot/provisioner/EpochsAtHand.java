package dev.offshoot.provisioner;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.worker.Failure;

/** The epochs that an environment can be made from: of the repository's Staging, of a rehearsal those of Production. */
final class EpochsAtHand {
  private final EnvironmentStores stores;

  EpochsAtHand(EnvironmentStores stores) {
    this.stores = stores;
  }

  /**
   * An epoch to make an incarnation from.
   *
   * @param gone the one that was wanted, where another had to be taken
   */
  record Chosen(Epoch epoch, Optional<EpochId> gone) {}

  /** Known ones, whether their snapshots are still there or not. */
  static Optional<Epochs> known(Turn turn) {
    return turn.context().state().of(turn.origin().source()).epochs();
  }

  /** @throws Failure BUSY before the first was taken */
  static Epoch newest(Turn turn) {
    return known(turn).flatMap(Epochs::newest).orElseThrow(() -> noneYet(turn));
  }

  /**
   * The epoch that is wanted, or the newest whose snapshots are still in the stores.
   *
   * @param same what the environment was made from
   * @throws Failure INVALID when no snapshot is left
   */
  Chosen choose(Turn turn, EpochChoice choice, EpochId same) throws InterruptedException {
    EpochId wanted = switch (choice) {
      case SAME -> same;
      case NEWEST -> known(turn).flatMap(Epochs::newest).map(Epoch::id).orElse(same);
    };
    return held(turn, wanted).orElseThrow(() -> new Failure(Failure.Kind.INVALID, noneLeft(turn) + ", then ask again"));
  }

  /**
   * The newest whose snapshots are still in the stores.
   *
   * @throws Failure BUSY while there is none
   */
  Chosen newestHeld(Turn turn) throws InterruptedException {
    return held(turn, newest(turn).id()).orElseThrow(() -> new Failure(Failure.Kind.BUSY, noneLeft(turn)));
  }

  private Optional<Chosen> held(Turn turn, EpochId wanted) throws InterruptedException {
    List<Epoch> newestFirst = known(turn).orElseThrow(() -> noneYet(turn)).epochs().stream()
        .sorted(Comparator.comparing(Epoch::id).reversed()).toList();
    List<Epoch> inOrder = Stream.concat(newestFirst.stream().filter(e -> e.id().equals(wanted)), newestFirst.stream()).toList();
    for (Epoch epoch : inOrder) {
      if (stores.hold(epoch)) {
        return Optional.of(new Chosen(epoch, Optional.of(wanted).filter(id -> !id.equals(epoch.id()))));
      }
    }
    return Optional.empty();
  }

  private static String noneLeft(Turn turn) {
    return "No snapshot of Staging of " + turn.repository().key()
        + " is left in the stores. Take one ('offshoot snapshot take " + turn.repository().key() + "')";
  }

  private static Failure noneYet(Turn turn) {
    return new Failure(Failure.Kind.BUSY, "The environment waits for the first snapshot of Staging of "
        + turn.repository().key());
  }
}
