package dev.offshoot.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Replacement;
import dev.offshoot.event.Subject;

class EventViewTest {
  private static final Origin ORIGIN = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("feature/x"));
  private static final Instant TIME = Instant.parse("2026-11-21T23:26:17.123456789Z");
  private static final AppliedMigration ONE = new AppliedMigration("2", "pages", "V2__pages.sql", Duration.ofMillis(4));

  @Test
  void peopleReadSecondsAndProgramsAllOfIt() {
    assertThat(EventView.line(created(1))).startsWith("2026-11-21T23:26:17Z  ");
    assertThat(EventView.of(created(1)).time()).isEqualTo(TIME);
  }

  @Test
  void oneIsNotMany() {
    assertThat(EventView.line(created(0))).endsWith("0 migrations applied");
    assertThat(EventView.line(created(1))).endsWith("1 migration applied");
    assertThat(EventView.line(created(2))).endsWith("2 migrations applied");
  }

  @Test
  void noLineOfAnEnvironmentEndsInBlanks() {
    EpochId epoch = new EpochId("e261121093000000");
    EnvironmentState state = EnvironmentState.unknown(ORIGIN.environment())
        .with(new Presence(ORIGIN, new Intent.Standing(Incarnation.FIRST, epoch), Optional.empty(), Optional.empty(),
            TIME))
        .with(new Stores(Incarnation.FIRST, epoch, "k1",
            List.of(new StoreCoordinates(StoreKind.REDIS, "127.0.0.1", 6379, "", ""))));
    assertThat(EnvironmentView.of(state).orElseThrow().text()).contains("127.0.0.1:6379")
        .contains("since 2026-11-21T23:26:17Z").doesNotContainPattern("(?m) $");
  }

  @Test
  void whatIsNotCarriedOverAndWhatIsLostIsSaid() {
    EpochId epoch = new EpochId("e261121093000000");
    Subject second = new Subject(ORIGIN, new Incarnation(2), Optional.of(new Commit("a".repeat(40))));
    assertThat(EventView.sentence(new LifecycleEvent.RebuildAccepted(
        second, Incarnation.FIRST, epoch, Optional.of(new EpochId("e261120093000000")), "the database was lost")))
        .isEqualTo("rebuild accepted: incarnation 2 from epoch e261121093000000 (e261120093000000 is gone), while 1 serves; "
            + "what is only in 1 is not carried over; the database was lost");
    assertThat(EventView.sentence(new LifecycleEvent.EnvironmentModified(second, "2", List.of(), Optional.of(
        new Replacement(Incarnation.FIRST, List.of(), List.of(StoreKind.POSTGRES))))))
        .startsWith("modified: incarnation 2 serves, at aaaaaaaaaa, version 2")
        .endsWith("POSTGRES of it was gone: work in it that no archive has is lost");
  }

  @Test
  void aViewShowsWhatServesAndWhatIsInTheMaking() {
    EpochId epoch = new EpochId("e261121093000000");
    EnvironmentState state = EnvironmentState.unknown(ORIGIN.environment())
        .with(new Presence(ORIGIN, new Intent.Resetting(Incarnation.FIRST, new Incarnation(2), epoch, "edited\n"),
            Optional.empty(), Optional.empty(), TIME))
        .with(new Stores(Incarnation.FIRST, epoch, "k1", List.of(new StoreCoordinates(StoreKind.POSTGRES, "db", 1, "x_i1", "x"))));
    EnvironmentView view = EnvironmentView.of(state).orElseThrow();
    assertThat(view.incarnation()).isEqualTo(1);
    assertThat(view.rebuild()).contains(new EnvironmentView.Rebuild(2, epoch.value(), "edited\n"));
    assertThat(view.text()).contains("incarnation 2 from snapshot e261121093000000 is made while 1 serves: edited")
        .contains("db:1 x_i1");
  }

  private static Message created(int migrations) {
    Subject subject = new Subject(ORIGIN, Incarnation.FIRST, Optional.of(new Commit("a".repeat(40))));
    return new Message(EventId.random(), EventSource.worker("migrator"), TIME, ORIGIN.environment(), Optional.empty(),
        new UUID(0, 1), 1, Map.of(),
        new LifecycleEvent.EnvironmentCreated(subject, "2", Collections.nCopies(migrations, ONE)));
  }
}
