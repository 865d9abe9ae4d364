package dev.offshoot.management;

/** What a running worker says of itself. Asked often and from any thread; answers within seconds. */
public interface Health {

  /** Bad only when nothing but a new start helps. Never about Kafka, a store or anything else outside. */
  Condition live();

  /** Good while it does its work; bad while it starts, waits for what it needs, or is about to end. */
  Condition ready();

  /** How a question was answered. */
  sealed interface Condition {
    /** For a person. */
    String says();

    record Good(String says) implements Condition {}

    record Bad(String says) implements Condition {}

    default boolean isGood() {
      return switch (this) {
        case Good _ -> true;
        case Bad _ -> false;
      };
    }
  }
}
