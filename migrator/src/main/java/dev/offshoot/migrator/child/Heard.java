package dev.offshoot.migrator.child;

/** What the parent tells the child. */
public sealed interface Heard permits Order, Heard.File, Heard.GoOn, Heard.Stop {

  /** One of the order's files. */
  record File(String path, String name, String text) implements Heard {}

  /** The child may go on from where it waits. */
  record GoOn() implements Heard {}

  /** Its time is over: it ends its sessions and says what came of it, or is killed. */
  record Stop() implements Heard {}
}
