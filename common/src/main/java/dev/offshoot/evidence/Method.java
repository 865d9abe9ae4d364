package dev.offshoot.evidence;

/** How a figure was measured: what it includes that it should not, and what it may lack. */
public enum Method {
  OWN_LOCKS("pg_locks of the migrating session right before and after the statement, in its transaction: complete"),
  SAMPLED("looked at by a second session every so often while the statement ran: what is shorter may be missed"),
  OWN_COUNTERS("counters of the migrating transaction (pg_stat_xact): with what triggers did"),
  WAL_POSITION("pg_current_wal_insert_lsn before and after: with what everybody else on the server wrote meanwhile"),
  DATABASE_COUNTERS("pg_stat_database before and after: with what other sessions of the database did meanwhile"),
  CATALOGUE("pg_class and the files' sizes right before and after the statement, by the migrating session"),
  QUERIED("asked of the rows after the failure, by the environment's role, within limits"),
  REPORTED("said by the server, which stopped at the first row");

  private final String words;

  Method(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
