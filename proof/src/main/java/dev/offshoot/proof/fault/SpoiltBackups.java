package dev.offshoot.proof.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Request;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.check.Expectation.Branch;
import dev.offshoot.proof.fault.ShopRepository.Push;

/**
 * Backups that are spoilt after they were proved and before what they are of is removed: the removal is refused and says why; put right, it
 * goes on.
 */
final class SpoiltBackups {
  private SpoiltBackups() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario("spoilt-redis", "the provisioner is killed between backup and removal, and a byte is added to the dump of the"
            + " environment's Redis", (rig, before) -> spoilt(rig, before, "spoilt-redis", SpoiltBackups::dump)),
        new Scenario("spoilt-solr", "the same with a file of the core's backup", (rig, before) ->
            spoilt(rig, before, "spoilt-solr", SpoiltBackups::index)),
        new Scenario("spoilt-postgres", "the same with the mark that says that the kept database was verified", (rig, before) ->
            spoilt(rig, before, "spoilt-postgres", SpoiltBackups::mark)));
  }

  /** Does harm to the backup of what has a name. */
  @FunctionalInterface
  private interface Harm {
    Harmed doTo(Rig rig, String name) throws Exception;
  }

  /** What was done. */
  private interface Harmed {
    void putRight() throws Exception;

    /** Whether what the backup is of is still there. */
    boolean isThere() throws Exception;
  }

  private static Expectation spoilt(Rig rig, Expectation before, String branch, Harm harm) throws Exception {
    Push push = rig.shop().push(branch, 3);
    rig.host().tell(push);
    rig.awaitUsable(push);
    EnvironmentState standing = rig.state(push.ref());
    String name = rig.database(push.ref());
    JavaProcess victim = rig.start(WorkerName.PROVISIONER, deadly(rig.command(WorkerName.PROVISIONER, "1")));
    rig.host().tell(rig.shop().delete(branch));
    Eventually.await("the provisioner dies before it removes anything", Scenario.PATIENCE, () -> !victim.isAlive());
    Harmed harmed = harm.doTo(rig, name);
    rig.start(WorkerName.PROVISIONER, rig.command(WorkerName.PROVISIONER, "1"));
    rig.await(branch + " says that it is not removed", () -> refusal(rig.state(push.ref())).isPresent());
    if (!harmed.isThere()) {
      throw new IllegalStateException("What the spoilt backup is of was removed");
    }
    harmed.putRight();
    rig.request(new Request.DestroyRequested(standing.presence().orElseThrow().origin(), "its backup was put right", "proof"));
    return before.withRefused(new Branch(ShopRepository.KEY, push.ref()));
  }

  private static JavaProcess.Command deadly(JavaProcess.Command command) {
    Map<String, String> variables = new HashMap<>(command.environment());
    variables.put("OFFSHOOT_FAULT", "destroy.removal.before#1");
    return command.with(variables);
  }

  private static Optional<String> refusal(EnvironmentState state) {
    return state.presence().filter(presence -> presence.intent() instanceof Intent.Destroying).flatMap(Presence::failure)
        .filter(why -> why.contains("no verified backup"));
  }

  private static Harmed dump(Rig rig, String name) throws IOException {
    Path folder = rig.folder().resolve("redis");
    return longer(folder.resolve("kept").resolve(name).resolve("dump.rdb"), folder.resolve(name));
  }

  private static Harmed index(Rig rig, String name) throws IOException {
    Path backup = rig.config().stores().solr().backups().resolve("snapshot.retained_" + name);
    try (Stream<Path> files = Files.list(backup)) {
      Path segments = files.filter(file -> String.valueOf(file.getFileName()).startsWith("segments")).findFirst().orElseThrow();
      // below the server's home, under whatever name the core was made
      return longer(segments, rig.coreFolder(name));
    }
  }

  private static Harmed longer(Path file, Path original) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "!", StandardOpenOption.APPEND);
    return new Harmed() {
      @Override
      public void putRight() throws IOException {
        Files.write(file, whole);
      }

      @Override
      public boolean isThere() {
        return Files.isDirectory(original);
      }
    };
  }

  private static Harmed mark(Rig rig, String name) throws SQLException {
    String kept = "retained_" + name;
    String comment = comment(rig, kept).orElseThrow();
    write(rig, kept, comment.replace("\"verified\"", "\"altered\""));
    return new Harmed() {
      @Override
      public void putRight() throws SQLException {
        write(rig, kept, comment);
      }

      @Override
      public boolean isThere() throws SQLException {
        return comment(rig, kept).isPresent();
      }
    };
  }

  private static Optional<String> comment(Rig rig, String database) throws SQLException {
    try (Connection home = home(rig); Statement statement = home.createStatement();
        ResultSet row = statement.executeQuery(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '" + database + "'")) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  private static void write(Rig rig, String database, String comment) throws SQLException {
    try (Connection home = home(rig); Statement statement = home.createStatement()) {
      statement.execute("COMMENT ON DATABASE \"" + database + "\" IS '" + comment.replace("'", "''") + "'");
    }
  }

  private static Connection home(Rig rig) throws SQLException {
    var postgres = rig.servers().postgres();
    return DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.adminUser(), postgres.adminPassword());
  }
}
