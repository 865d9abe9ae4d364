package dev.offshoot.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * {@code webhooks:}, {@code sweep:}, {@code migrate:} and {@code reconcile:}, the settings of single workers; {@code management:}, of each
 * process.
 */
public record WorkersConfig(Webhooks webhooks, Sweep sweep, Migrate migrate, Management management, Reconcile reconcile) {

  /** With the usual comparison of refs with environments. */
  public WorkersConfig(Webhooks webhooks, Sweep sweep, Migrate migrate, Management management) {
    this(webhooks, sweep, migrate, management, Reconcile.USUAL);
  }

  /**
   * @param every how often each repository's branches are compared with its environments; default 5 minutes
   * @param brake how much it may do at once without a person
   */
  public record Reconcile(Duration every, Brake brake) {
    public static final Reconcile USUAL = new Reconcile(Duration.ofMinutes(5), new Brake(3, 20, 10));
  }

  /**
   * So many at once, or so many of a hundred, whichever is more; what would destroy more waits for a person.
   *
   * @param count default 3
   * @param percent of the repository's standing environments; default 20
   * @param create so many environments at once for branches that nobody was told of; default 10
   */
  public record Brake(int count, int percent, int create) {
    /** How many of these may be destroyed at once. */
    public int limit(int standing) {
      return Math.max(count, (int) ((long) standing * percent / 100));
    }
  }

  /**
   * @param host the address to listen on; default 127.0.0.1
   * @param port 0 for a free one
   * @param bodyLimitBytes larger deliveries are answered 413; default 1 MiB, at most 26 MiB
   * @param deliveriesPerMinute more to one hook from one address are answered 429
   */
  public record Webhooks(String host, int port, int bodyLimitBytes, int deliveriesPerMinute) {
    public static final int DEFAULT_BODY_LIMIT_BYTES = 1 << 20;
    public static final int DEFAULT_DELIVERIES_PER_MINUTE = 3000;

    public Webhooks(String host, int port, int bodyLimitBytes) {
      this(host, port, bodyLimitBytes, DEFAULT_DELIVERIES_PER_MINUTE);
    }

    Webhooks withPort(int other) {
      return new Webhooks(host, other, bodyLimitBytes, deliveriesPerMinute);
    }
  }

  /**
   * @param idleAfter an environment without a push or a session for so long is asked to be destroyed; default 3 days
   * @param every how often the clock looks
   */
  public record Sweep(Duration idleAfter, Duration every) {
    public static final Duration DEFAULT_IDLE_AFTER = Duration.ofDays(3);
    public static final Duration DEFAULT_EVERY = Duration.ofMinutes(1);
  }

  /**
   * @param deadline a push's migrations are ended from outside after so long; default 10 minutes
   * @param processes what each push's migrations run in
   */
  public record Migrate(Duration deadline, Processes processes) {
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(10);
  }

  /**
   * {@code migrate.processes:} what migrations run in.
   *
   * @param megabytes of memory for what a run keeps; what needs more fails
   * @param most runs at once; more wait
   * @param ready processes that stand ready, since a start takes longer than most migrations
   * @param runs of one repository that a process may have one after another, as long as they end well
   */
  public record Processes(int megabytes, int most, int ready, int runs) {
    public static final Processes USUAL = new Processes(256, 8, 1, 100);
  }

  /**
   * Where a process answers {@code /metrics} and {@code /health}.
   *
   * @param host the address to listen on; default 127.0.0.1
   * @param port 0 for a free one; without one nothing listens
   */
  public record Management(String host, OptionalInt port) {
    public static final Management OFF = new Management("127.0.0.1", OptionalInt.empty());
  }

  public static WorkersConfig defaults() {
    return new WorkersConfig(
        new Webhooks("127.0.0.1", 0, Webhooks.DEFAULT_BODY_LIMIT_BYTES),
        new Sweep(Sweep.DEFAULT_IDLE_AFTER, Sweep.DEFAULT_EVERY),
        new Migrate(Migrate.DEFAULT_DEADLINE, Processes.USUAL),
        Management.OFF);
  }

  public WorkersConfig withPort(int webhookPort) {
    return new WorkersConfig(webhooks.withPort(webhookPort), sweep, migrate, management, reconcile);
  }
}
