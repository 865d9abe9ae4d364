package dev.offshoot.environment;

import java.util.Optional;

/**
 * What the provisioner has decided to bring about, written down before its first effect. A redelivered record carries on with a
 * committed intent; it never decides again.
 */
public sealed interface Intent {
  /** The newest incarnation that was ever given. */
  Incarnation incarnation();

  /** The incarnation whose stores people use, if it has any. */
  default Incarnation serving() {
    return incarnation();
  }

  /**
   * Stores are being made.
   *
   * @param epoch what they are made from; of a restored incarnation what the one it is restored from was made from
   * @param restoredFrom the incarnation whose backups they are made from instead
   */
  record Creating(Incarnation incarnation, EpochId epoch, Optional<Incarnation> restoredFrom) implements Intent {
    public Creating(Incarnation incarnation, EpochId epoch) {
      this(incarnation, epoch, Optional.empty());
    }
  }

  /**
   * Stores stand.
   *
   * @param retiring the incarnation it took the place of, until that is backed up and removed
   */
  record Standing(Incarnation incarnation, EpochId epoch, Optional<Incarnation> retiring) implements Intent {
    public Standing(Incarnation incarnation, EpochId epoch) {
      this(incarnation, epoch, Optional.empty());
    }
  }

  /**
   * A rebuild: the stores of the next incarnation are made and migrated beside those that serve, and take their place once they are
   * usable. An attempt that failed serves nobody; the next push goes to it, and a further rebuild to one more.
   *
   * @param serving what people use meanwhile; it has no stores where its creation had failed
   * @param incarnation the next one, and the newest
   */
  record Resetting(Incarnation serving, Incarnation incarnation, EpochId epoch, String reason) implements Intent {}

  /** Everything up to this incarnation is being backed up and removed. */
  record Destroying(Incarnation incarnation, String reason) implements Intent {}

  /** Nothing is left but receipts. It returns only for another tip or by command. */
  record Destroyed(Incarnation incarnation, String reason) implements Intent {}

  /** Declared in the configuration; its stores are not ours to make. */
  record Declared() implements Intent {
    @Override
    public Incarnation incarnation() {
      return Incarnation.FIRST;
    }
  }
}
