package dev.offshoot.provisioner.postgres;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.fault.FaultPoint;

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
  record Slot(long oid, String name, String template, RestoreDrill drill) {}

  static String comment(String template, RestoreDrill drill) {
    return Drills.note(JSON.createObjectNode().put(MARK, template), drill).toString();
  }

  /** Those of one template, in the order of their names. */
  static List<Slot> of(AdminSession session, String template) {
    return named(session, Names.slots(template)).stream().filter(slot -> slot.template().equals(template)).toList();
  }

  /** Those of all templates. */
  static List<Slot> all(AdminSession session) {
    return named(session, Names.SLOT);
  }

  private static List<Slot> named(AdminSession session, String start) {
    return session.list("""
        SELECT oid, datname, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database
        WHERE starts_with(datname, ?) ORDER BY datname""",
        row -> parse(row.getLong(1), row.getString(2), row.getString(3)), start)
        .stream().flatMap(Optional::stream).toList();
  }

  private static Optional<Slot> parse(long oid, String name, String comment) {
    try {
      JsonNode node = JSON.readTree(comment);
      return Optional.of(node.path(MARK).asText()).filter(template -> name.startsWith(Names.slots(template)))
          .flatMap(template -> Drills.noted(node).map(drill -> new Slot(oid, name, template, drill)));
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
  }

  /** What killed makers have left: half-made databases, and roles without a database. Only for who has the pool's lock. */
  static void dropUnfinished(AdminSession session) {
    session.list("SELECT datname FROM pg_database WHERE datname ~ ?", row -> row.getString(1),
        "^t_" + Names.SLOT + "[a-z0-9_]+_[0-9]{1,2}$").forEach(database -> Databases.drop(session, database));
    session.list("""
        SELECT rolname FROM pg_roles r WHERE starts_with(rolname, ?)
          AND starts_with(coalesce(shobj_description(oid, 'pg_authid'), ''), ?)
          AND NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = rolname)""",
        row -> row.getString(1), Names.SLOT, Roles.MARK).forEach(role -> Roles.drop(session, role));
  }

  /** Throws away the slots that are of no use any more. */
  static void drop(AdminSession session, Predicate<Slot> useless) {
    all(session).stream().filter(useless).forEach(slot -> {
      FaultPoint.at("postgres.pool.drop.before");
      Databases.drop(session, slot.name());
      FaultPoint.at("postgres.pool.drop.database");
      Roles.drop(session, slot.name());
      FaultPoint.at("postgres.pool.drop.after");
    });
  }
}
