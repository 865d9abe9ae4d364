package dev.offshoot.process;

/** The signals a child is stopped with; what each means is the child's affair. */
public enum Signal {
  INT, TERM, KILL
}
