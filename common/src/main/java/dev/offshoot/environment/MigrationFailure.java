package dev.offshoot.environment;

import java.util.Optional;

/**
 * Why a branch's migrations could not be applied, in words its developer can act on.
 *
 * @param reason what the database or Flyway said, cut and free of control characters
 * @param script the file, where one is to blame
 * @param line the line in it, from 1
 * @param statement the statement, cut to 2,000 characters
 * @param sqlState PostgreSQL's error code
 */
public record MigrationFailure(
    String reason, Optional<String> script, Optional<Integer> line, Optional<String> statement, Optional<String> sqlState) {

  public static MigrationFailure of(String reason) {
    return new MigrationFailure(reason, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** One line for people: the place, then the reason. */
  public String summary() {
    String place = script.map(s -> s + line.map(l -> ":" + l).orElse("") + ": ").orElse("");
    return place + reason;
  }
}
