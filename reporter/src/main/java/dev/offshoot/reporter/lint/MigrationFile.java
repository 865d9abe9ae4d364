package dev.offshoot.reporter.lint;

import java.util.Optional;

/**
 * A script.
 *
 * @param name as people know it: Flyway's script name, or a path
 * @param inTransaction whether Flyway is told to run it in one transaction, by {@code executeInTransaction} of what configures it; empty
 *     where the statements decide
 */
public record MigrationFile(String name, String text, Optional<Boolean> inTransaction) {

  /** One that nothing more is said of. */
  public MigrationFile(String name, String text) {
    this(name, text, Optional.empty());
  }
}
