package dev.offshoot.migrator.flyway;

import java.sql.SQLException;

/** A session could not be had or used; {@link Classification} says whose fault that is. */
final class DatabaseTrouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SQLException said;

  DatabaseTrouble(SQLException said) {
    super(said.getMessage(), said);
    this.said = said;
  }

  SQLException said() {
    return said;
  }
}
