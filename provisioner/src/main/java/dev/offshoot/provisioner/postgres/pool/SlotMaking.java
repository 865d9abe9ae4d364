package dev.offshoot.provisioner.postgres.pool;

import java.util.List;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.CloneStrategy;
import dev.offshoot.environment.CloneStrategy.Method;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.pool.Slot;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.CloneMethods;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.DiskRoom;
import dev.offshoot.provisioner.postgres.server.Ownership;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;

/** Makes clones that nobody can connect to, and everything in them one role's. */
public final class SlotMaking {
  private final PostgresConfig server;
  private final Drills drills;
  private final DiskRoom room;

  public SlotMaking(PostgresConfig server) {
    this.server = server;
    this.drills = new Drills(server);
    this.room = new DiskRoom(server);
  }

  /**
   * A slot, published by a rename once it is whole, checked and its role's. What has its name and is no slot goes.
   *
   * @throws dev.offshoot.worker.Failure EXHAUSTED when the disk has no room for it
   */
  public void make(AdminSession session, StoreSnapshot from, String slot) {
    String unfinished = Slot.unfinished(slot);
    Databases.drop(session, unfinished);
    Databases.drop(session, slot);
    FaultPoint.at("postgres.pool.role.before");
    Roles.ensure(session, slot);
    FaultPoint.at("postgres.pool.copy.before");
    RestoreDrill drill = copy(session, from, new Drills.Clone(unfinished, slot, true));
    FaultPoint.at("postgres.pool.publish.before");
    session.runTogether(List.of(
        "COMMENT ON DATABASE " + Sql.name(unfinished) + " IS " + Sql.text(Slots.comment(from.name(), drill)),
        "GRANT CONNECT, TEMPORARY ON DATABASE " + Sql.name(unfinished) + " TO " + Sql.name(slot),
        "ALTER DATABASE " + Sql.name(unfinished) + " RENAME TO " + Sql.name(slot)));
    FaultPoint.at("postgres.pool.publish.after");
  }

  /** A clone as it is described, where there is none of its name. */
  public RestoreDrill copy(AdminSession session, StoreSnapshot from, Drills.Clone clone) {
    Method method = from.clones().map(CloneStrategy::chosen).orElseGet(() -> CloneMethods.likely(session, from.name()));
    room.admit(session, room.written(session, method, from.bytes()), "a clone of " + from.name());
    FaultPoint.at("postgres.clone.before");
    Databases.copy(session, from.name(), clone.database(), method);
    FaultPoint.at("postgres.clone.after");
    try (AdminSession inside = AdminSession.open(server, clone.database(), clone.role())) {
      Ownership.handOver(inside, Roles.SNAPSHOT, clone.role());
    }
    FaultPoint.at("postgres.clone.owned");
    return drills.of(session, from, clone);
  }
}
