package dev.offshoot.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import dev.offshoot.cli.Access;
import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.migrator.DatabaseFingerprint;
import dev.offshoot.wire.StateTable;

/** An environment of a running system whose database the server loses. */
record LostDatabase(Path data, EnvironmentId environment) {
  private static final Duration SOON = Duration.ofMinutes(4);

  /** What brings it back. */
  interface Command {
    void run() throws Exception;
  }

  /**
   * Twice: of an environment somebody has worked in, and of the one that came of it, which is nothing but epoch and migrations. The first
   * must differ from the second, the second must come back as it was.
   */
  void isRebuiltToEpochAndMigrations(Command replay) throws Exception {
    OffshootConfig config = ConfigFile.load(new DataFolder(data).effectiveConfig());
    try (StateTable table = StateTable.open(config.kafka())) {
      DatabaseFingerprint workedIn = fingerprint(table, config);
      lose(table, config, replay);
      DatabaseFingerprint rebuilt = fingerprint(table, config);
      assertThat(rebuilt.schema()).isEqualTo(workedIn.schema());
      assertThat(rebuilt.content()).as("the row by hand").isNotEqualTo(workedIn.content());
      lose(table, config, replay);
      assertThat(fingerprint(table, config)).isEqualTo(rebuilt);
    }
  }

  private DatabaseFingerprint fingerprint(StateTable table, OffshootConfig config) throws SQLException {
    try (Connection session = database(table, config).connect()) {
      return DatabaseFingerprint.of(session);
    }
  }

  private Database database(StateTable table, OffshootConfig config) {
    Access access = Access.to(table.of(environment), config);
    StoreCoordinates at = access.coordinates(StoreKind.POSTGRES);
    return new Database("jdbc:postgresql://" + at.host() + ":" + at.port() + "/" + at.name(), at.user(),
        access.password(StoreKind.POSTGRES));
  }

  private void lose(StateTable table, OffshootConfig config, Command replay) throws Exception {
    EnvironmentState before = table.of(environment);
    var server = config.stores().postgres();
    String name = before.currentStores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow().name();
    new Database("jdbc:postgresql://" + server.host() + ":" + server.port() + "/postgres", server.user(), server.password())
        .execute("DROP DATABASE " + name + " WITH (FORCE)");
    replay.run();
    var next = before.incarnation().orElseThrow().next();
    Eventually.await("incarnation " + next + " serves and nothing is left to be retired", SOON, () ->
        table.of(environment).presence().map(p -> p.intent()).filter(i -> i instanceof Intent.Standing standing
            && standing.incarnation().equals(next) && standing.retiring().isEmpty()).isPresent());
    assertThat(table.of(environment).phase()).isEqualTo(Phase.READY);
  }
}
