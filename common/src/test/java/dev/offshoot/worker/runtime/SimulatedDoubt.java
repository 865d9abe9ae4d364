package dev.offshoot.worker.runtime;

/** What a Kafka client throws when a member or producer was fenced, or a commit got no answer. */
final class SimulatedDoubt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  SimulatedDoubt(String kind, String who) {
    super(kind + ": " + who);
    this.kind = kind;
  }

  String kind() {
    return kind;
  }
}
