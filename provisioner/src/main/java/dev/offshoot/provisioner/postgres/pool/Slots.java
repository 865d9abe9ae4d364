package dev.offshoot.provisioner.postgres.pool;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.pool.Slot;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Roles;

/**
 * The slots of the pool, as the server's catalogue knows them. A slot is a clone under a fixed name with a role of the
 * same name that owns what is in it; nobody can connect to it. Under a slot's own name stands a finished clone or
 * none. It has no owner tag, so no environment's remains are ever mistaken for one, nor it for them.
 */
final class Slots {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = "offshootPool";

  private Slots() {
  }

  /**
   * A finished one.
   *
   * @param oid of the database; no two clones have the same
   * @param template what it is a clone of
   */
  record Ready(long oid, String name, String template, RestoreDrill drill) {
    Slot slot() {
      return new Slot(Long.toString(oid), name, template);
    }
  }

  static String comment(String template, RestoreDrill drill) {
    return Drills.note(JSON.createObjectNode().put(MARK, template), drill).toString();
  }

  /** Those of one template, in the order of their names. */
  static List<Ready> of(AdminSession session, String template) {
    return named(session, Slot.start(template)).stream().filter(slot -> slot.template().equals(template)).toList();
  }

  /** Those of all templates. */
  static List<Ready> all(AdminSession session) {
    return named(session, Slot.START);
  }

  private static List<Ready> named(AdminSession session, String start) {
    return session.list("""
        SELECT oid, datname, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database
        WHERE starts_with(datname, ?) ORDER BY datname""",
        row -> parse(row.getLong(1), row.getString(2), row.getString(3)), start)
        .stream().flatMap(Optional::stream).toList();
  }

  private static Optional<Ready> parse(long oid, String name, String comment) {
    try {
      JsonNode node = JSON.readTree(comment);
      return Optional.of(node.path(MARK).asText()).filter(template -> name.startsWith(Slot.start(template)))
          .flatMap(template -> Drills.noted(node).map(drill -> new Ready(oid, name, template, drill)));
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
  }

  /** What killed makers have left: half-made databases, and roles without a database. Only for who has the pool's lock. */
  static void dropUnfinished(AdminSession session) {
    session.list("SELECT datname FROM pg_database WHERE datname ~ ?", row -> row.getString(1),
        "^t_" + Slot.START + "[a-z0-9_]+_[0-9]{1,2}$").forEach(database -> Databases.drop(session, database));
    session.list("""
        SELECT rolname FROM pg_roles r WHERE starts_with(rolname, ?)
          AND starts_with(coalesce(shobj_description(oid, 'pg_authid'), ''), ?)
          AND NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = rolname)""",
        row -> row.getString(1), Slot.START, Roles.MARK).forEach(role -> Roles.drop(session, role));
  }

  static void drop(AdminSession session, Predicate<Ready> useless) {
    all(session).stream().filter(useless).forEach(slot -> drop(session, slot.name()));
  }

  static void drop(AdminSession session, String slot) {
    FaultPoint.at("postgres.pool.drop.before");
    Databases.drop(session, slot);
    FaultPoint.at("postgres.pool.drop.database");
    Roles.drop(session, slot);
    FaultPoint.at("postgres.pool.drop.after");
  }
}
