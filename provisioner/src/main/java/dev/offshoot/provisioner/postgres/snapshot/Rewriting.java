package dev.offshoot.provisioner.postgres.snapshot;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.worker.Failure;

/**
 * Writes tables of a database that nobody works in anew, so that no row that was changed or removed is left in their files.
 *
 * <p>VACUUM (FULL) alone does not promise that: it copies dead rows which a snapshot from before the change may still see, such as that of
 * an autovacuum worker that analyzes a table of the same database. It says how many, so it is done again until there are none.
 */
final class Rewriting {
  /** Of VACUUM (FULL, VERBOSE), in any language: how many dead rows it has kept comes first in the message's detail. */
  private static final Pattern KEPT = Pattern.compile("^\\D*(\\d+)\\D");
  private static final int TRIES = 40;

  private final AdminSession inside;
  private final String database;

  Rewriting(AdminSession inside, String database) {
    this.inside = inside;
    this.database = database;
  }

  /**
   * Ends whoever else is in the database, if need be time and again.
   *
   * @param table as it is written in SQL
   * @throws Failure BUSY when dead rows stay for some ten seconds; INVALID when the server does not say whether there are any
   */
  void write(String table) {
    long kept = Long.MAX_VALUE;
    for (int tried = 0; tried < TRIES && kept > 0; tried++) {
      Databases.endSessions(inside, database);
      kept = keptOf(table);
      if (kept > 0) {
        var _ = inside.first("SELECT pg_sleep(0.25)", row -> true);
      }
    }
    if (kept > 0) {
      throw new Failure(Failure.Kind.BUSY, "Of " + table + " in " + database + " the server keeps " + kept + " rows from before the masking,"
          + " which something may still see: a session, a prepared transaction, or a replication slot or standby that holds back its"
          + " oldest transaction. Nothing was published");
    }
  }

  /** Writes it anew once: how many dead rows are in it still. */
  long keptOf(String table) {
    List<String> details = inside.details("VACUUM (FULL, VERBOSE) " + table);
    if (details.isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "The server does not say whether VACUUM (FULL) of " + table + " has kept dead rows");
    }
    return details.stream().mapToLong(Rewriting::number).sum();
  }

  private static long number(String detail) {
    Matcher kept = KEPT.matcher(detail);
    return kept.find() ? Long.parseLong(kept.group(1)) : 0;
  }
}
