package dev.offshoot.provisioner.postgres.snapshot;

import static dev.offshoot.provisioner.postgres.PostgresFixture.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.PostgresCloning;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.CloneStrategy;
import dev.offshoot.environment.CloneStrategy.Method;
import dev.offshoot.environment.CloneStrategy.Tried;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.CloneMethods;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.DiskRoom;
import dev.offshoot.provisioner.postgres.server.SharedBlocks;
import dev.offshoot.provisioner.postgres.server.SharedBlocks.Answer;
import dev.offshoot.worker.Failure;

class CloneTrialsTest {
  private static final PostgresConfig SERVER = PostgresFixture.config();

  @TempDir
  private Path folder = Path.of("");

  private static AdminSession session() {
    return AdminSession.open(SERVER, AdminSession.HOME, "trials");
  }

  @Test
  void theFastestOfAllWaysIsChosenAndNoScratchIsLeft() throws SQLException {
    admin("postgres", "DROP DATABASE IF EXISTS tried", "CREATE DATABASE tried", "DROP DATABASE IF EXISTS t_try_tried",
        "CREATE DATABASE t_try_tried");
    try (AdminSession session = session()) {
      CloneStrategy measured = new CloneTrials(SERVER).measure(session, "tried");
      assertThat(measured.tried()).extracting(Tried::method).containsExactlyInAnyOrderElementsOf(CloneMethods.of(session));
      assertThat(measured.tried().stream().min(Comparator.comparingLong(Tried::millis)).orElseThrow().method())
          .isEqualTo(measured.chosen());
      assertThat(Databases.exists(session, "t_try_tried")).isFalse();
    }
  }

  @Test
  void aSuperusersSessionChoosesHowFilesAreCopied() throws SQLException {
    admin("postgres", "DROP DATABASE IF EXISTS chosen_copy", "DROP DATABASE IF EXISTS chosen_clone");
    try (AdminSession session = session()) {
      assertThat(CloneMethods.of(session)).containsExactly(Method.values());
      Databases.copy(session, "template0", "chosen_copy", Method.FILE_COPY);
      assertThat(setting(session)).isEqualTo("copy");
      Databases.copy(session, "template0", "chosen_clone", Method.FILE_CLONE);
      assertThat(setting(session)).isEqualTo("clone");
      Databases.drop(session, "chosen_copy");
      Databases.drop(session, "chosen_clone");
    }
  }

  private static String setting(AdminSession session) {
    return session.first("SELECT current_setting('file_copy_method')", row -> row.getString(1)).orElseThrow();
  }

  @Test
  void aLargeTemplateIsNotTriedInWaysThatAreFarOff() {
    CloneTrials.Size large = new CloneTrials.Size(1L << 30, 300);
    CloneTrials.Size manyFiles = new CloneTrials.Size(254L << 20, 40_300);
    assertThat(large.isSmall()).isFalse();
    assertThat(large.estimate(Method.FILE_CLONE)).isLessThan(large.estimate(Method.FILE_COPY))
        .isLessThan(large.estimate(Method.WAL_LOG) / 3);
    assertThat(manyFiles.estimate(Method.WAL_LOG)).isLessThan(manyFiles.estimate(Method.FILE_CLONE));
  }

  @Test
  void theServersFolderIsSeenHereAndTried() {
    SharedBlocks.Finding here = SharedBlocks.probe(SERVER);
    assertThat(here.answer()).as(here.how()).isNotEqualTo(Answer.UNKNOWN);
    assertThat(SharedBlocks.probe(folder).answer()).isNotEqualTo(Answer.UNKNOWN);
    assertThat(folder).isEmptyDirectory();
    assertThat(SharedBlocks.probe(folder.resolve("missing")).answer()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void whatWouldNotLeaveTheReserveIsRefusedForNow() {
    PostgresConfig greedy = SERVER.with(new PostgresCloning(
        new PoolSize(0, 0), 1 << 20, new PostgresCloning.Check(0, 0)));
    try (AdminSession session = session()) {
      assertThatThrownBy(() -> new DiskRoom(greedy).admit(session, 5L << 20, "a test"))
          .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.EXHAUSTED))
          .hasMessageContaining("a test: it takes about 5 MB").hasMessageContaining("1048576 MB stay free");
      new DiskRoom(SERVER).admit(session, 5L << 20, "a test");
    }
  }

  @Test
  void theServersOwnWordOnRoomIsUnderstood() {
    try (AdminSession session = session()) {
      long seen = new DiskRoom(SERVER).look(session).orElseThrow().free();
      long told = DiskRoom.askedOf(session).orElseThrow().free();
      assertThat(told).isBetween(seen - (4L << 30), seen + (4L << 30));
    }
    assertThat(DiskRoom.kilobytes("/dev/vda 263174212 35000000 71827364 33% /")).contains(71_827_364L);
    assertThat(DiskRoom.kilobytes("nonsense")).isEmpty();
  }
}
