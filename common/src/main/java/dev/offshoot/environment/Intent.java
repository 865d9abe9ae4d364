package dev.offshoot.environment;

/**
 * What the provisioner has decided to bring about, written down before its first effect. A redelivered record carries on with a
 * committed intent; it never decides again.
 */
public sealed interface Intent {
  /** The newest incarnation that was ever given. */
  Incarnation incarnation();

  /** Stores are being made. */
  record Creating(Incarnation incarnation, EpochId epoch) implements Intent {}

  /** Stores stand. */
  record Standing(Incarnation incarnation, EpochId epoch) implements Intent {}

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
