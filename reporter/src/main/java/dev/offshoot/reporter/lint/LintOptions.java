package dev.offshoot.reporter.lint;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import dev.offshoot.reporter.lint.sql.TableName;

/**
 * What is known beside the scripts.
 *
 * @param transactions who begins and ends them
 * @param version PostgreSQL's major version; where it is unknown, 12 or newer is assumed
 * @param existing the tables that are there before the first script; where it is unknown, every table that the scripts
 *     do not surely create
 * @param also rules that are only looked for when asked
 */
public record LintOptions(
    Transactions transactions, OptionalInt version, Optional<Set<TableName>> existing, Set<RuleId> also) {
  /** Flyway's way, and nothing known. */
  public static final LintOptions FLYWAY =
      new LintOptions(Transactions.PER_SCRIPT, OptionalInt.empty(), Optional.empty(), Set.of());

  /** Who begins and ends transactions. */
  public enum Transactions {
    /**
     * Each script is one, unless all of its statements are such that PostgreSQL forbids it; a script that mixes both
     * is refused. So does Flyway, with {@code mixed=false}. What is told of a single script comes before that.
     */
    PER_SCRIPT,
    /** The scripts themselves, with {@code BEGIN} and {@code COMMIT}. */
    BY_HAND
  }

  public LintOptions {
    existing = existing.map(Set::copyOf);
    also = Set.copyOf(also);
  }

  public LintOptions with(Transactions other) {
    return new LintOptions(other, version, existing, also);
  }

  public LintOptions onVersion(int major) {
    return new LintOptions(transactions, OptionalInt.of(major), existing, also);
  }

  public LintOptions knowing(Set<TableName> tables) {
    return new LintOptions(transactions, version, Optional.of(tables), also);
  }

  public LintOptions alsoLookingFor(Set<RuleId> rules) {
    return new LintOptions(transactions, version, existing, rules);
  }
}
