package dev.offshoot.provisioner.postgres.pool;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.config.PostgresCloning.Check;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.RestoreDrill.Verified;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Fingerprint;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.worker.Failure;

/**
 * Compares a clone with its snapshot before an environment is let in: all clones of a small snapshot, of a larger one a
 * sample. What came of it stands in the clone's comment, so that it is told again when it is asked for again.
 */
public final class Drills {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DRILL = "drill";

  private final Check check;
  private final Fingerprint fingerprint;

  Drills(PostgresConfig server) {
    this.check = server.cloning().check();
    this.fingerprint = new Fingerprint(server);
  }

  /**
   * A clone that nobody can connect to, and is left so.
   *
   * @param role owns what is in it
   */
  public record Clone(String database, String role, boolean warm) {}

  /** @throws Failure INVALID when it is not what its snapshot is; then it is gone */
  public RestoreDrill of(AdminSession session, StoreSnapshot from, Clone clone) {
    Optional<String> wanted = from.fingerprint().filter(_ -> isChecked(from.bytes(), Databases.oid(session, clone.database())));
    if (wanted.isEmpty()) {
      return new RestoreDrill(StoreKind.POSTGRES, clone.warm(), Verified.NOT_CHECKED, Optional.empty());
    }
    FaultPoint.at("postgres.drill.before");
    String found = read(session, clone);
    FaultPoint.at("postgres.drill.after");
    if (!found.equals(wanted.get())) {
      Databases.drop(session, clone.database());
      throw new Failure(Failure.Kind.INVALID, "A clone of the snapshot " + from.name() + " is not what it is a clone of: its "
          + "fingerprint is " + found + " instead of " + wanted.get() + ". It was thrown away. Look at the server's log and "
          + "its disk, then take a new snapshot");
    }
    return new RestoreDrill(StoreKind.POSTGRES, clone.warm(), Verified.EQUAL, Optional.of(found));
  }

  /** Of a large one, by its number in the catalogue: those are given out one after another. */
  boolean isChecked(long bytes, long oid) {
    return bytes <= ((long) check.megabytes() << 20) || (check.oneIn() > 0 && oid % check.oneIn() == 0);
  }

  private String read(AdminSession session, Clone clone) {
    String database = Sql.name(clone.database());
    session.run("GRANT CONNECT ON DATABASE " + database + " TO " + Sql.name(clone.role()),
        "ALTER DATABASE " + database + " CONNECTION LIMIT 2");
    String found = fingerprint.of(session, clone.database(), clone.role());
    session.run("ALTER ROLE " + Sql.name(clone.role()) + " NOLOGIN PASSWORD NULL",
        "ALTER DATABASE " + database + " CONNECTION LIMIT 0");
    return found;
  }

  /** Adds it to what is written on a database. */
  public static ObjectNode note(ObjectNode comment, RestoreDrill drill) {
    ObjectNode node = comment.putObject(DRILL).put("warm", drill.warm()).put("verified", drill.verified().name());
    drill.fingerprint().ifPresent(found -> node.put("fingerprint", found));
    return comment;
  }

  /** What was added; empty where nothing was. */
  public static Optional<RestoreDrill> noted(String comment) {
    try {
      return noted(JSON.readTree(comment));
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
  }

  public static Optional<RestoreDrill> noted(JsonNode comment) {
    JsonNode node = comment.path(DRILL);
    if (!node.isObject()) {
      return Optional.empty();
    }
    Verified verified = node.path("verified").asText().equals(Verified.EQUAL.name()) ? Verified.EQUAL : Verified.NOT_CHECKED;
    return Optional.of(new RestoreDrill(StoreKind.POSTGRES, node.path("warm").asBoolean(), verified,
        Optional.of(node.path("fingerprint").asText()).filter(text -> !text.isEmpty())));
  }
}
