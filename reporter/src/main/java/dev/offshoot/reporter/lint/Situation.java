package dev.offshoot.reporter.lint;

import dev.offshoot.reporter.lint.sql.TableName;

/** What a rule may know about where a statement stands. */
interface Situation {
  /** Whether the table may hold rows that were there before the scripts; then locks on it matter. */
  boolean existing(TableName table);

  /** The same, of an index's table. */
  boolean existingIndex(TableName index);

  boolean inTransaction();

  /** Whether the transaction is the tool's, which begins and ends it. */
  boolean toolsTransaction();

  /** Whether a transaction that begins here is never ended. */
  boolean neverEnded();

  /** Whether the statement is the script's only one. */
  boolean alone();

  boolean lockTimeout();

  boolean statementTimeout();

  /** Whether a statement of this script before it has been warned about timeouts. */
  boolean lockedBefore();

  /** Whether a validated constraint says that the column holds no NULL. */
  boolean provedNotNull(TableName table, String column);

  /** Whether the constraint was added without being checked in the same transaction. */
  boolean addedNotValidHere(TableName table, String constraint);

  /** Whether the script has dropped such a constraint, if there was one. */
  boolean dropped(TableName table, String constraint);

  /** Whether the server is known to be older than that major version. */
  boolean olderThan(int version);
}
