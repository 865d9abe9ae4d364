package dev.offshoot.evidence;

/**
 * A lock on a relation that the statement was the first of its transaction to take. Catalogue tables and Flyway's own are left out.
 *
 * @param granted false when it was only seen waiting for it
 * @param span from when it was taken at the earliest to when it was let go: in a transaction, the script's end
 */
public record Lock(Relation relation, LockMode mode, boolean granted, Span span, Method method) {}
