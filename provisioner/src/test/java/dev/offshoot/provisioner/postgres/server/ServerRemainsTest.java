package dev.offshoot.provisioner.postgres.server;

import static dev.offshoot.provisioner.postgres.PostgresFixture.admin;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.server.ServerRemains.Begun;
import dev.offshoot.provisioner.postgres.server.ServerRemains.Folder;

class ServerRemainsTest {
  private static AdminSession session() {
    return AdminSession.open(PostgresFixture.config(), AdminSession.HOME, "remainstest");
  }

  @Test
  void aFolderThatNoDatabaseOwnsIsToldOnceItIsOld() throws IOException {
    try (AdminSession session = session()) {
      Path folder = ServerFolder.here(session).orElseThrow().resolve("base/4000000123");
      Files.createDirectory(folder);
      Files.write(folder.resolve("1259"), new byte[8_192]);
      try {
        assertThat(ServerRemains.look(session, Duration.ZERO).folders()).contains(new Folder("base/4000000123", 8_192));
        assertThat(ServerRemains.look(session, Duration.ofHours(1)).folders()).isEmpty();
      } finally {
        Files.delete(folder.resolve("1259"));
        Files.delete(folder);
      }
      assertThat(ServerRemains.look(session, Duration.ZERO).folders()).isEmpty();
    }
  }

  @Test
  void aDatabaseThatWasBegunIsToldOnlyUnderANameOfOurs() throws SQLException {
    String ours = "t_shop_new_cool_page_k3v7q2x4ma_i2";
    admin("postgres", "CREATE DATABASE " + ours, "CREATE DATABASE t_somebody_elses");
    try (AdminSession session = session()) {
      assertThat(ServerRemains.look(session, Duration.ZERO).begun()).extracting(Begun::database).contains(ours)
          .doesNotContain("t_somebody_elses");
    }
    admin("postgres", "DROP DATABASE " + ours, "DROP DATABASE t_somebody_elses");
  }
}
