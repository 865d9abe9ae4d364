package dev.offshoot.worker;

/** What a handler answers. Throwing means "try again", unless the {@link Failure} says otherwise. */
public sealed interface Outcome {

  /** The message is dealt with. */
  record Done(Publication publication) implements Outcome {}

  /**
   * The message asks for nothing that is to be done: it is stale, not configured, or already true.
   *
   * @param reason for the log
   */
  record Rejected(String reason) implements Outcome {}

  /**
   * Trying again would not help. Published as given, and a dead letter besides.
   *
   * @param reason what a developer can act on
   */
  record Failed(String reason, Publication publication) implements Outcome {}

  static Outcome done(Publication publication) {
    return new Done(publication);
  }
}
