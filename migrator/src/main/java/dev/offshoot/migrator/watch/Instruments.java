package dev.offshoot.migrator.watch;

import java.sql.SQLException;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.management.LogContext;

/** The second session, and what works with it while a run goes on. */
record Instruments(SecondSession session, Sampler sampler, Measurement measurement, String server) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Instruments.class);

  static Instruments open(DataSource sessions, String history, Stopwatch time) throws SQLException {
    SecondSession session = new SecondSession(sessions);
    try {
      Instruments instruments =
          new Instruments(session, new Sampler(session, time), new Measurement(session, history), session.server());
      Thread.ofVirtual().name("sampler").start(LogContext.carried(instruments.sampler::run));
      return instruments;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public void close() {
    sampler.close();
    try {
      session.close();
    } catch (SQLException e) {
      LOG.debug("The sampling session was not closed in order: {}", e.getMessage());
    }
  }
}
