package dev.offshoot.provisioner.postgres.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.PostgresConfig;

/**
 * Ends sessions of environments' roles whose statement runs for too long, or whose transaction is left open for too long. Law: from
 * outside and by the server's clock, since a session may lift every limit that was set for it. Nobody else's session is touched, and not
 * our own that reads a database for its backup, which has a deadline of its own.
 */
public final class StatementDeadline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatementDeadline.class);
  private static final Duration OFTEN = Duration.ofSeconds(15);
  private static final int LOOKS = 4;
  private static final String OVERDUE = """
      SELECT pg_terminate_backend(a.pid), a.usename FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
      WHERE starts_with(shobj_description(r.oid, 'pg_authid'), ?) AND NOT r.rolbypassrls AND NOT r.rolsuper
        AND a.backend_type = 'client backend' AND a.state <> 'idle'
        AND CASE a.state WHEN 'active' THEN a.query_start ELSE a.state_change END < clock_timestamp() - make_interval(secs => ?)""";

  private final PostgresConfig server;
  private final Duration longest;
  private final ScheduledExecutorService clock;

  private StatementDeadline(PostgresConfig server, Duration longest, ScheduledExecutorService clock) {
    this.server = server;
    this.longest = longest;
    this.clock = clock;
  }

  /** Looks {@value #LOOKS} times within the deadline, and at least every 15 s. */
  public static StatementDeadline watch(PostgresConfig server, Duration longest) {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("statement-deadline").factory());
    StatementDeadline deadline = new StatementDeadline(server, longest, clock);
    long pause = Math.min(OFTEN.toMillis(), Math.max(1, longest.toMillis() / LOOKS));
    var _ = clock.scheduleWithFixedDelay(deadline::look, pause, pause, TimeUnit.MILLISECONDS);
    return deadline;
  }

  private void look() {
    try {
      List<String> ended = endOverdue(server, longest);
      if (!ended.isEmpty()) {
        LOG.warn("Sessions of {} were ended: a statement or an open transaction may last {} s ('stores.postgres.statementDeadline')",
            ended, longest.toSeconds());
      }
    } catch (RuntimeException e) {
      LOG.warn("Statements that run too long cannot be looked for, and will be looked for again: {}", e.getMessage());
    }
  }

  /** @return the roles whose sessions were told to end, once for each session */
  public static List<String> endOverdue(PostgresConfig server, Duration longest) {
    try (AdminSession session = AdminSession.open(server, AdminSession.HOME, "deadline")) {
      return session.list(OVERDUE, row -> row.getString(2), Roles.MARK, longest.toMillis() / 1000.0);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
