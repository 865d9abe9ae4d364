package dev.offshoot.provisioner.postgres.snapshot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.CloneStrategy;
import dev.offshoot.environment.CloneStrategy.Method;
import dev.offshoot.environment.CloneStrategy.Tried;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.CloneMethods;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.DiskRoom;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.worker.Failure;

/**
 * Finds out how a template is cloned fastest: tries each way on a scratch database.
 *
 * <p>Each way has an estimate, from the template's size and its number of files. The most promising is tried first;
 * another only while its estimate is at most {@value #WORTH_TRYING} times the best time seen, or the template is
 * small. A small template is tried twice in each way, since the first copy of anything is slower. A way that would
 * not leave the reserve on the disk is not tried.
 */
final class CloneTrials {
  private static final int WORTH_TRYING = 3;
  private static final long SMALL = 64L << 20;
  private static final double MEGABYTE = 1 << 20;

  private final DiskRoom room;

  CloneTrials(PostgresConfig server) {
    this.room = new DiskRoom(server);
  }

  /**
   * Law: leaves no scratch database behind, and one that a killed attempt left is thrown away first. Nobody may be
   * connected to the template.
   */
  CloneStrategy measure(AdminSession session, String template) {
    Size size = Size.of(session, template);
    Databases.drop(session, Names.scratch(template));
    List<Tried> tried = new ArrayList<>();
    for (Method method : CloneMethods.of(session).stream().sorted(Comparator.comparingDouble(size::estimate)).toList()) {
      boolean worth = tried.isEmpty() || size.isSmall()
          || size.estimate(method) <= WORTH_TRYING * (double) best(tried).millis();
      if (worth && fits(session, method, size)) {
        tried.add(new Tried(method, size.isSmall() ? Math.min(time(session, template, method), time(session, template, method))
            : time(session, template, method)));
      }
    }
    Method chosen = tried.isEmpty() ? CloneMethods.likely(session, template) : best(tried).method();
    return new CloneStrategy(chosen, tried);
  }

  private boolean fits(AdminSession session, Method method, Size size) {
    try {
      room.admit(session, room.written(session, method, size.bytes()), "a trial of " + method);
      return true;
    } catch (Failure noRoom) {
      return false;
    }
  }

  private static Tried best(List<Tried> tried) {
    return tried.stream().min(Comparator.comparingLong(Tried::millis)).orElseThrow();
  }

  private static long time(AdminSession session, String template, Method method) {
    String scratch = Names.scratch(template);
    FaultPoint.at("postgres.trial.before");
    long began = System.nanoTime();
    Databases.copy(session, template, scratch, method);
    long took = System.nanoTime() - began;
    FaultPoint.at("postgres.trial.copied");
    Databases.drop(session, scratch);
    FaultPoint.at("postgres.trial.after");
    return Duration.ofNanos(took).toMillis();
  }

  /** What the time of a copy depends on. */
  record Size(long bytes, long files) {
    static Size of(AdminSession session, String template) {
      long files = session.first("SELECT count(*) FROM pg_ls_dir('base/' || ?::text, true, false)", row -> row.getLong(1),
          Databases.oid(session, template)).orElse(0L);
      return new Size(Databases.bytes(session, template), files);
    }

    boolean isSmall() {
      return bytes <= SMALL;
    }

    /** In milliseconds, as measured on one machine with a quick disk; only their order and rough ratio matter. */
    double estimate(Method method) {
      double megabytes = bytes / MEGABYTE;
      return switch (method) {
        case WAL_LOG -> 0.9 * megabytes + 0.012 * files;
        case FILE_COPY -> 20 + 0.4 * megabytes + 0.1 * files;
        case FILE_CLONE -> 5 + 0.003 * megabytes + 0.04 * files;
      };
    }
  }
}
