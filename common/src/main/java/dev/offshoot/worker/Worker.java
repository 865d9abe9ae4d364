package dev.offshoot.worker;

import dev.offshoot.event.Event;
import dev.offshoot.event.Message;

/**
 * Turns one message into an outcome. The runtime calls {@link #handle} for one message of an environment at a time, in the order of the
 * topic, and for many environments at once, each on a virtual thread.
 *
 * <p>Laws a worker keeps: blocking code is fine, for up to ten minutes; every effect is idempotent on a deterministic name and starts
 * by looking at the world, since a message is delivered again after a crash; nothing is published but through the outcome and
 * {@link Context#commit}.
 */
public interface Worker {

  /** Lower-case name: consumer group, CloudEvents source, metric tag. */
  String name();

  /** The topic it reads. */
  Inbox reads();

  /** Whether it has anything to do with this event; what it does not take is passed over. */
  boolean takes(Event event);

  /**
   * @return what is to be published, in one transaction with the offset
   * @throws Failure classified at the adapter's edge; the runtime decides what its kind means
   * @throws InterruptedException when the lane was cancelled: the message is delivered again, here or elsewhere
   * @throws Exception anything else is tried again a few times and then counts as permanent: see {@link #failure}
   */
  Outcome handle(Message message, Context context) throws Exception;

  /**
   * What is to be seen when {@link #handle} keeps failing: its facets are published after ten attempts that may still succeed, facets
   * and events when the runtime gives up. Must not touch the outside world.
   *
   * @param reason for a developer, at most 2,000 characters
   */
  default Publication failure(Message message, Context context, String reason) {
    return Publication.NOTHING;
  }

  /** What a worker can read. */
  enum Inbox {
    REQUESTS,
    ENVIRONMENTS
  }
}
