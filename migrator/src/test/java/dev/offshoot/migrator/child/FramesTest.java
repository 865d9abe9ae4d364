package dev.offshoot.migrator.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.evidence.Aspect;
import dev.offshoot.evidence.Gap;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.evidence.Measuring;
import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.flyway.Witness;
import dev.offshoot.migrator.watch.Watched;
import dev.offshoot.worker.Failure;

/** What goes through the pipe comes out the same, and what is no frame is not believed. */
class FramesTest {
  private static final Watched WATCHED = new Watched(List.of(), List.of(), new Measuring("18.1", Duration.ofMillis(10), 3,
      Duration.ofMillis(4), List.of(new Gap(Aspect.LOCKS, "gone"))), Duration.ofSeconds(2));
  private static final MigrationFailure FAILURE =
      new MigrationFailure("ERROR: no", Optional.of("V2__x.sql"), Optional.of(3), Optional.of("SELECT\n1"), Optional.of("42601"));

  private static <T> T through(Class<T> type, T one) throws IOException {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    new Frames(InputStream.nullInputStream(), pipe).write(type, one);
    return new Frames(new ByteArrayInputStream(pipe.toByteArray()), OutputStream.nullOutputStream()).read(type);
  }

  @Test
  void whatIsSaidIsHeardTheSame() throws Exception {
    Witness.Script script = new Witness.Script("2", "x", "V2__x.sql");
    List<AppliedMigration> applied = List.of(new AppliedMigration("2", "x", "V2__x.sql", Duration.ofMillis(5)));
    MigrationResult.Conflicting conflict = new MigrationResult.Conflicting(
        List.of(new HistoryChange("V2__x.sql", "2", HistoryChange.Kind.EDITED, false, "It was edited")), true, FAILURE);
    for (Said said : List.of(new Said.Ready(), new Said.Opened(7), new Said.Began(""), new Said.Before(script), new Said.After(script),
        new Said.Runs("V2__x.sql", 3), new Said.Kept(WATCHED), new Said.Ended(MigrationResult.nothing()),
        new Said.Ended(new MigrationResult("1", "2", applied, new MigrationResult.Stopped(FAILURE, Optional.of(Failure.Kind.BUSY)),
            Optional.of(WATCHED))),
        new Said.Ended(new MigrationResult("1", "2", applied, conflict, Optional.empty())),
        new Said.Troubled(Failure.Kind.UNAVAILABLE, "away"))) {
      assertThat(through(Said.class, said)).isEqualTo(said);
    }
  }

  @Test
  void whatIsToldIsHeardTheSameAndThePasswordOfAnOrderIsNotShown() throws Exception {
    Order order = new Order(new StoreCoordinates(StoreKind.POSTGRES, "db", 5432, "x_i2", "x_i2"), "canary", "offshoot migrator x i2",
        new FlywayConfig(true, List.of("shop"), "versions", Map.of("a", "b")), 2, Duration.ofSeconds(3));
    String large = "é\u0000\ud83d\ude00".repeat(5 << 18);
    for (Heard heard : List.of(order, new Heard.File("db/V1__x.sql", "V1__x.sql", large), new Heard.GoOn(), new Heard.Stop())) {
      assertThat(through(Heard.class, heard)).isEqualTo(heard);
    }
    assertThat(order.toString()).doesNotContain("canary");
    assertThat(order.database().password().reveal()).isEqualTo("canary");
  }

  @Test
  void whatIsNoFrameIsRefusedBeforeItIsRead() {
    for (byte[] junk : List.of("Terminating due to java.lang.OutOfMemoryError".getBytes(StandardCharsets.UTF_8),
        new byte[] {-1, -1, -1, -1, 0}, new byte[] {0, 0, 0, 0}, new byte[] {0, 0, 0, 2, '{', '}'}, new byte[] {0, 0, 0, 4, 'n', 'u', 'l', 'l'},
        new byte[] {0, 0, 0, 9, '{'})) {
      Frames frames = new Frames(new ByteArrayInputStream(junk), OutputStream.nullOutputStream());
      assertThatThrownBy(() -> frames.read(Said.class)).isInstanceOf(IOException.class);
    }
    Frames gone = new Frames(InputStream.nullInputStream(), OutputStream.nullOutputStream());
    assertThatThrownBy(() -> gone.read(Said.class)).isInstanceOf(EOFException.class);
  }
}
