package dev.offshoot.provisioner.postgres.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.management.Timings;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Names;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.provisioner.postgres.server.SqlFailures;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Failure;

/**
 * Takes a slot of the pool: in one transaction it gets the resource's name, its owner tag, and its role the environment's
 * password. Of two that want the same slot one is told that it does not exist, and tries the next.
 */
public final class SlotClaim {
  private static final Logger LOG = LoggerFactory.getLogger(SlotClaim.class);
  /** The database is gone, or its role, or somebody is connected to it. */
  private static final Set<String> TAKEN = Set.of("3D000", "42704", "55006");

  private final PostgresConfig server;
  private final Timer timer = Timings.timer(Metrics.globalRegistry, "offshoot.pool.claim",
      "Time of the step that gives a ready copy to an environment", "store", "postgres");

  public SlotClaim(PostgresConfig server) {
    this.server = server;
  }

  /**
   * Of the snapshot's slots any; empty when there is none left. Nothing of the resource's name may stand yet.
   *
   * @param session works on the resource
   */
  public Optional<RestoreDrill> claim(AdminSession session, OwnerTag tag, StoreSnapshot from, Secret password) {
    List<Slots.Ready> ready = new ArrayList<>(Slots.of(session, from.name()));
    if (ready.isEmpty()) {
      return Optional.empty();
    }
    clear(session, tag.owner().name());
    Collections.rotate(ready, tag.owner().name().hashCode() % ready.size());
    Secret verifier = AdminSession.verifier(password);
    for (Slots.Ready slot : ready) {
      long began = System.nanoTime();
      if (taken(session, tag, slot, verifier)) {
        timer.record(Duration.ofNanos(System.nanoTime() - began));
        return Optional.of(slot.drill());
      }
    }
    return Optional.empty();
  }

  /** What a killed attempt to make a clone has left. */
  private static void clear(AdminSession session, ResourceName name) {
    Databases.drop(session, Names.unfinished(name));
    Roles.drop(session, name.value());
  }

  private boolean taken(AdminSession session, OwnerTag tag, Slots.Ready slot, Secret verifier) {
    String name = Sql.name(tag.owner().name().value());
    FaultPoint.at("postgres.pool.claim.before");
    try {
      session.together(() -> {
        session.run("ALTER DATABASE " + Sql.name(slot.name()) + " RENAME TO " + name,
            "ALTER ROLE " + Sql.name(slot.name()) + " RENAME TO " + name,
            "COMMENT ON DATABASE " + name + " IS " + Sql.text(Drills.note(tag.toJson(), slot.drill()).toString()),
            "ALTER DATABASE " + name + " CONNECTION LIMIT " + server.limits().connections());
        Roles.mark(session, tag.owner().name().value());
        session.letIn(tag.owner().name().value(), verifier, server.limits().connections());
      });
    } catch (Failure failure) {
      if (TAKEN.contains(SqlFailures.state(failure))) {
        return false;
      }
      if (failure.kind().isTransient()) {
        throw failure;
      }
      LOG.warn("{} cannot be taken from the pool; a clone is made instead", slot.name(), failure);
      return false;
    }
    FaultPoint.at("postgres.pool.claim.after");
    return true;
  }
}
