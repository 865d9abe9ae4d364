package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.wire.DeadLetter;
import dev.offshoot.wire.DeadLetterId;
import dev.offshoot.wire.StateEntry;
import dev.offshoot.wire.StateRows;

/** A letter of the migrator about the second incarnation, while that is made beside the first. */
class RetryTest {
  private static final Origin PAGE = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("feature/page"));
  private static final Commit COMMIT = new Commit("1".repeat(40));
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final Incarnation SECOND = Incarnation.FIRST.next();

  private final StateRows state = new StateRows();

  private Retry retryWhileRebuilt(Stores stores) {
    Intent intent = new Intent.Resetting(Incarnation.FIRST, SECOND, EPOCH, "asked for");
    Presence presence = new Presence(PAGE, intent, Optional.of(COMMIT), Optional.empty(), Instant.EPOCH);
    state.apply(new StateEntry.OfFacet(PAGE.environment(), 1, presence));
    state.apply(new StateEntry.OfFacet(PAGE.environment(), 1, stores));
    LifecycleEvent ready = new LifecycleEvent.StoresReady(
        new Subject(PAGE, SECOND, Optional.of(COMMIT)), EPOCH, List.of(), Duration.ZERO);
    EventSource provisioner = EventSource.worker("provisioner");
    EventId id = new EventId("stores-ready");
    Message message = new Message(id, provisioner, Instant.EPOCH, PAGE.environment(), Optional.empty(),
        Message.chain(provisioner, id), 1, Map.of(), ready);
    DeadLetter letter = new DeadLetter(new DeadLetterId(0, 7),
        new DeadLetter.Origin("migrator", "offshoot.environments", 0, 9, 1, "no such table", Instant.EPOCH), PAGE.environment().value(),
        List.of(), new DeadLetter.Content.Decoded(message), Optional.empty());
    return Retry.of(letter, state, "ann");
  }

  @Test
  void aRebuildThatFailedIsBroughtToItsCommitAgain() {
    Stores serving = new Stores(Incarnation.FIRST, EPOCH, "k1", List.of());

    assertThat(retryWhileRebuilt(serving.beside(new Stores(SECOND, EPOCH, "k1", List.of()))))
        .isInstanceOfSatisfying(Retry.Ask.class, ask -> assertThat(ask.request())
            .isEqualTo(new Request.CreateRequested(PAGE, Optional.of(COMMIT), "ann")));
  }

  @Test
  void whileTheNextStoresAreStillToBeMadeThereIsNothingToBring() {
    assertThat(retryWhileRebuilt(new Stores(Incarnation.FIRST, EPOCH, "k1", List.of()))).isInstanceOf(Retry.Refused.class);
  }
}
