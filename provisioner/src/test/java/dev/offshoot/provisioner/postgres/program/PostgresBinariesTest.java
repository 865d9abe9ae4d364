package dev.offshoot.provisioner.postgres.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.PostgresPrograms;
import dev.offshoot.worker.Failure;

class PostgresBinariesTest {
  @TempDir
  private Path folder;

  private PostgresBinaries there() {
    return new PostgresBinaries(new PostgresPrograms(Optional.of(folder), Optional.empty()));
  }

  private void program(String name, String says) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\necho '" + says + "'\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aPairThatIsNotOlderThanTheServerIsTaken() throws IOException {
    program("pg_dump", "pg_dump (PostgreSQL) 17.2 (Debian 17.2-1)");
    program("pg_restore", "pg_restore (PostgreSQL) 17.2 (Debian 17.2-1)");

    assertThat(there().forServer(15).dump()).isEqualTo(folder.resolve("pg_dump"));
    assertThat(there().forServer(17).major()).isEqualTo(17);
  }

  @Test
  void programsThatAreTooOldAreNamedWithWhatToDo() throws IOException {
    program("pg_dump", "pg_dump (PostgreSQL) 15.14");
    program("pg_restore", "pg_restore (PostgreSQL) 15.14");

    assertThatThrownBy(() -> there().forServer(18)).isInstanceOf(Failure.class)
        .hasMessageContainingAll(folder.resolve("pg_dump").toString(), "version 15", "postgresql-client-18",
            "stores.postgres.binaries");
  }

  @Test
  void whereWasLookedIsSaidWhenThereIsNone() {
    assertThatThrownBy(() -> there().forServer(18)).hasMessageContaining("there are none in " + folder);
  }

  @Test
  void twoOfDifferentVersionsAreNoPair() throws IOException {
    program("pg_dump", "pg_dump (PostgreSQL) 18.0");
    program("pg_restore", "pg_restore (PostgreSQL) 15.14");

    assertThat(there().found()).isEmpty();
  }

  @Test
  void aProgramThatAnswersNonsenseIsNone() throws IOException {
    program("pg_dump", "hello");
    program("pg_restore", "hello");

    assertThat(there().found()).isEmpty();
  }
}
