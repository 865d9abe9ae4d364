package dev.offshoot.provisioner.postgres.pool;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.pool.PoolSession;
import dev.offshoot.provisioner.pool.PoolStore;
import dev.offshoot.provisioner.pool.Slot;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Original;

/**
 * Databases that stand ready. Who changes them holds the pool's lock on the server, in the session that does it. The same session looks
 * now and then what crashes have left on the server.
 */
public final class PostgresPool implements PoolStore {
  private static final String LOCK = "offshoot pool";

  private final PostgresConfig server;
  private final SlotMaking making;
  private final Janitor janitor;
  private final Gauge orphans;
  private volatile Optional<AdminSession> now = Optional.empty();

  public PostgresPool(PostgresConfig server, Clock clock) {
    this.server = server;
    this.making = new SlotMaking(server);
    this.janitor = new Janitor(clock);
    this.orphans = Gauge.builder("offshoot.postgres.orphans", janitor.orphans()::get)
        .description("Folders of the database server that no database owns").register(Metrics.globalRegistry);
  }

  @Override
  public StoreKind kind() {
    return StoreKind.POSTGRES;
  }

  @Override
  public PoolSize size() {
    return server.cloning().pool();
  }

  @Override
  public Optional<PoolSession> open() {
    AdminSession session = AdminSession.open(server, AdminSession.HOME, "pool");
    now = Optional.of(session);
    boolean mine = false;
    try {
      janitor.look(session);
      mine = session.lockUnlessBusy(LOCK);
    } finally {
      if (!mine) {
        now = Optional.empty();
        session.close();
      }
    }
    if (!mine) {
      return Optional.empty();
    }
    FaultPoint.at("postgres.pool.round.before");
    return Optional.of(new Filling(session));
  }

  @Override
  public void abort() {
    now.ifPresent(AdminSession::abort);
  }

  @Override
  public void close() {
    Metrics.globalRegistry.remove(orphans);
  }

  private final class Filling implements PoolSession {
    private final AdminSession session;

    Filling(AdminSession session) {
      this.session = session;
    }

    @Override
    public Optional<EpochId> newest(RepositoryConfig repository) {
      return PostgresEpochs.list(session, Original.staging(repository)).stream().reduce((_, later) -> later);
    }

    @Override
    public void tidy(Predicate<String> ours) {
      Slots.dropUnfinished(session);
      Slots.drop(session, slot -> !Databases.exists(session, slot.template()));
    }

    @Override
    public List<Slot> slots() {
      return Slots.all(session).stream().map(Slots.Ready::slot).toList();
    }

    @Override
    public void make(StoreSnapshot from, String slot) {
      making.make(session, from, slot);
    }

    @Override
    public void drop(Slot slot) {
      Slots.drop(session, slot.name());
    }

    @Override
    public void close() {
      FaultPoint.at("postgres.pool.round.after");
      now = Optional.empty();
      session.close();
    }
  }
}
