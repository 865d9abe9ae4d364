package dev.offshoot.evidence;

import java.util.Comparator;

/**
 * A lock on a relation that the statement was the first of its transaction to take. Catalogue tables and Flyway's own are left out.
 *
 * @param granted false when it was only seen waiting for it
 * @param span from when it was taken at the earliest to when it was let go: in a transaction, the script's end
 */
public record Lock(Relation relation, LockMode mode, boolean granted, Span span, Method method) {
  /** The strongest mode, and of equal ones the longest held, is the greatest. */
  public static final Comparator<Lock> GRAVEST = Comparator.comparing(Lock::mode).thenComparing(lock -> lock.span().took());
}
