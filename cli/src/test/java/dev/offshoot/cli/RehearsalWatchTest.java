package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.offshoot.cli.RehearsalWatch.End;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Rehearsed;
import dev.offshoot.event.Request.RehearseRequested;
import dev.offshoot.event.Subject;

class RehearsalWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final UUID OURS = UUID.fromString("00000000-0000-0000-0000-000000000001");
  private static final UUID ANOTHERS = UUID.fromString("00000000-0000-0000-0000-000000000002");
  private static final Commit COMMIT = new Commit("a".repeat(40));
  private static final Commit NEWER = new Commit("b".repeat(40));
  private static final Incarnation SECOND = Incarnation.FIRST.next();
  private static final EpochId EPOCH = EpochId.at(NOW);
  private static final Origin BRANCH = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("feature/page"));
  private static final Origin REHEARSAL = BRANCH.rehearsing(new Origin.Rehearsal(COMMIT, EPOCH));
  private static final Rehearsed RESULT =
      new Rehearsed(EPOCH, Incarnation.FIRST, "3", List.of(), Optional.empty(), Optional.empty());
  private static final long BEFORE = 7;

  private final RehearsalWatch watch =
      new RehearsalWatch(new RehearseRequested(BRANCH, Incarnation.FIRST, COMMIT, "somebody"), OURS, BEFORE);
  private long offset = 100;
  private long sequence = BEFORE;

  private void hear(UUID chain, LifecycleEvent event) {
    hear(chain, event, ++sequence);
  }

  private void hear(UUID chain, LifecycleEvent event, long place) {
    watch.hear(new Message(EventId.random(), EventSource.worker("provisioner"), NOW, event.subject().origin().environment(),
        Optional.empty(), chain, place, Map.of(), event), ++offset);
  }

  private static Subject of(Origin origin, Incarnation incarnation, Commit commit) {
    return new Subject(origin, incarnation, Optional.of(commit));
  }

  private static LifecycleEvent rehearsed() {
    return new LifecycleEvent.EnvironmentRehearsed(of(BRANCH, Incarnation.FIRST, COMMIT), RESULT);
  }

  private static LifecycleEvent reported() {
    return new LifecycleEvent.ReportPublished(of(BRANCH, Incarnation.FIRST, COMMIT), "reports/page", "pass");
  }

  private static LifecycleEvent removed(Incarnation incarnation) {
    return new LifecycleEvent.EnvironmentDeleted(of(REHEARSAL, incarnation, COMMIT), "nobody asked it away in time", List.of());
  }

  private Optional<String> left(Intent intent, Commit tip) {
    EnvironmentState state = EnvironmentState.unknown(BRANCH.environment()).with(
        new Presence(BRANCH, intent, Optional.of(tip), Optional.empty(), NOW));
    return watch.left(state).map(end -> ((End.MovedOn) end).what());
  }

  @Test
  void theEndIsTheReportThatTellsOfTheRehearsalWhoeverAskedForIt() {
    hear(OURS, reported());
    hear(ANOTHERS, rehearsed());
    assertThat(watch.end()).isEmpty();
    hear(OURS, reported());
    assertThat(watch.end()).as("a report that another branch has led to").isEmpty();
    hear(ANOTHERS, reported());
    assertThat(watch.end()).hasValue(new End.Tried(RESULT, true));
  }

  @Test
  void whatTheReporterHasPassedIsInNoReport() {
    hear(OURS, rehearsed());
    assertThat(watch.unreported(offset - 1)).isEmpty();
    assertThat(watch.unreported(offset)).hasValue(new End.Tried(RESULT, false));
  }

  @Test
  void aNewerCommitARebuildAndADestructionAreTheEnd() {
    assertThat(left(new Intent.Standing(Incarnation.FIRST, EPOCH), COMMIT)).isEmpty();
    assertThat(left(new Intent.Standing(Incarnation.FIRST, EPOCH), NEWER)).hasValue("was brought to " + NEWER.brief() + " meanwhile");
    assertThat(left(new Intent.Resetting(Incarnation.FIRST, SECOND, EPOCH, "history was rewritten"), COMMIT).orElseThrow())
        .contains("made anew", "incarnation " + SECOND, "history was rewritten");
    assertThat(left(new Intent.Standing(SECOND, EPOCH), COMMIT).orElseThrow()).contains("made anew");
    assertThat(left(new Intent.Destroying(Incarnation.FIRST, "merged"), COMMIT)).hasValue("was destroyed meanwhile (merged)");
    assertThat(left(new Intent.Destroyed(Incarnation.FIRST, "merged"), COMMIT)).hasValue("was destroyed meanwhile (merged)");
  }

  @Test
  void anEnvironmentThatLeftAndCameBackHasLeft() {
    hear(ANOTHERS, new LifecycleEvent.CommitAccepted(of(BRANCH, Incarnation.FIRST, NEWER)));
    assertThat(watch.end().orElseThrow()).isInstanceOf(End.MovedOn.class);
  }

  @Test
  void whatWasSaidBeforeTheWishIsNoEnd() {
    hear(ANOTHERS, new LifecycleEvent.CommitAccepted(of(BRANCH, Incarnation.FIRST, NEWER)), BEFORE);
    hear(ANOTHERS, new LifecycleEvent.RebuildAccepted(of(BRANCH, Incarnation.FIRST, COMMIT), Incarnation.FIRST, EPOCH, Optional.empty(), ""),
        BEFORE - 1);
    assertThat(watch.end()).isEmpty();
  }

  @Test
  void whatWasTriedIsToldThoughTheEnvironmentLeavesThen() {
    hear(OURS, rehearsed());
    hear(ANOTHERS, new LifecycleEvent.EnvironmentDeleted(of(BRANCH, Incarnation.FIRST, COMMIT), "merged", List.of()));
    assertThat(watch.end()).hasValue(new End.Tried(RESULT, false));
  }

  @Test
  void aRehearsalThatIsRemovedBeforeItsEndIsToldOf() {
    hear(OURS, new LifecycleEvent.EnvironmentAccepted(of(REHEARSAL, SECOND, COMMIT), EPOCH), 1);
    hear(ANOTHERS, removed(Incarnation.FIRST), 2);
    assertThat(watch.end()).as("an earlier one").isEmpty();
    hear(ANOTHERS, removed(SECOND), 3);
    assertThat(watch.end()).hasValue(new End.Refused("the rehearsal was removed before its end: nobody asked it away in time"));
  }

  @Test
  void theWishIsRepeatedOnceWhereAnotherRehearsalHadEndedBeforeIt() {
    assertThat(watch.asksAgain()).isFalse();
    hear(ANOTHERS, removed(Incarnation.FIRST), 1);
    assertThat(watch.asksAgain()).isTrue();
    assertThat(watch.asksAgain()).isFalse();
    assertThat(watch.end()).isEmpty();
  }

  @Test
  void whyThereCannotBeOneIsTheEnd() {
    hear(ANOTHERS, new LifecycleEvent.EnvironmentNotRehearsed(of(BRANCH, Incarnation.FIRST, NEWER), "of another commit"));
    assertThat(watch.end()).isEmpty();
    hear(ANOTHERS, new LifecycleEvent.EnvironmentNotRehearsed(of(BRANCH, Incarnation.FIRST, COMMIT), "the disk is full"));
    assertThat(watch.end()).hasValue(new End.Refused("the disk is full"));
  }
}
