package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.worker.Outcome;

class EpochRetirementTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("worn", "worn_staging", Optional.empty());
  private static final PostgresConfig SERVER = PostgresFixture.config();
  private static final PostgresEpochs EPOCHS = new PostgresEpochs(SERVER, CREDENTIALS, Clock.systemUTC());
  private static final Origin STAGING = Origin.staging(REPOSITORY.key(), "main");
  private static final Origin BRANCH = Origin.ofBranch(REPOSITORY.key(), GitRef.ofBranch("feature/pins"));

  private final MemoryRepository git = new MemoryRepository();
  private final MemoryState state = new MemoryState();

  @BeforeAll
  static void stagingStands() throws SQLException {
    PostgresFixture.staging("worn_staging");
  }

  private ProvisionerWorker workerAt(Instant now) {
    return new ProvisionerWorker(new ProvisionerWorker.Rules(Map.of(REPOSITORY.key(), REPOSITORY), Duration.ofDays(3),
        new ProvisionerWorker.Retention(DAY, DAY)),
        new Tips(_ -> git),
        new EnvironmentStores(List.of(new PostgresStore(SERVER, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC())), List.of(EPOCHS)),
        CREDENTIALS.keyId(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Message message(Request request, Instant at) {
    return Message.first(EventId.random(), EventSource.worker("test"), at, request);
  }

  private Outcome say(Request request, Instant at) throws Exception {
    return state.handle(workerAt(at), message(request, at));
  }

  private Outcome review(Instant at) throws Exception {
    return say(new Request.Expired(STAGING, Incarnation.FIRST, at), at);
  }

  private Epochs epochs() {
    return state.of(STAGING.environment()).epochs().orElseThrow();
  }

  private EpochId snapshotAt(Instant at) throws Exception {
    say(new Request.SnapshotRequested(STAGING, "ann"), at);
    return epochs().newest().orElseThrow().id();
  }

  @Test
  void anEpochGoesADayAfterItIsOutOfUse() throws Exception {
    EpochId first = snapshotAt(START);
    Epoch whole = epochs().find(first).orElseThrow();
    EpochId second = snapshotAt(START.plusSeconds(1));

    assertThat(review(START.plusSeconds(2))).isInstanceOf(Outcome.Done.class);
    assertThat(review(START.plus(DAY))).isInstanceOf(Outcome.Rejected.class);
    assertThat(EPOCHS.holds(whole.stores().getFirst())).isTrue();
    assertThat(review(START.plusSeconds(2).plus(DAY))).isInstanceOf(Outcome.Done.class);

    assertThat(epochs().epochs()).extracting(Epoch::id).containsExactly(second);
    assertThat(epochs().retiring()).isEmpty();
    assertThat(EPOCHS.holds(whole.stores().getFirst())).isFalse();
    assertThat(EPOCHS.list(REPOSITORY)).contains(second).doesNotContain(first);
  }

  @Test
  void oneThatAnEnvironmentIsMadeFromStays() throws Exception {
    Instant start = START.plus(Duration.ofDays(10));
    EpochId first = snapshotAt(start);
    git.push(BRANCH.ref(), new Commit("1".repeat(40)));
    say(new Request.BranchPushed(BRANCH, new Commit("1".repeat(40)), true, false, "ann"), start);
    snapshotAt(start.plusSeconds(1));

    review(start.plusSeconds(2));
    review(start.plus(DAY.multipliedBy(5)));

    assertThat(epochs().epochs()).extracting(Epoch::id).contains(first);
    assertThat(epochs().find(first).orElseThrow().unusedSince()).isEmpty();
  }

  @Test
  void aKilledRetirementIsCarriedOn() throws Exception {
    Instant start = START.plus(Duration.ofDays(20));
    EpochId first = snapshotAt(start);
    Epoch whole = epochs().find(first).orElseThrow();
    snapshotAt(start.plusSeconds(1));
    review(start.plusSeconds(2));
    Instant due = start.plusSeconds(2).plus(DAY);

    state.dieAtCommit(1, workerAt(due), message(new Request.Expired(STAGING, Incarnation.FIRST, due), due));
    assertThat(epochs().find(first)).isEmpty();
    assertThat(epochs().retiring()).map(Epoch::id).contains(first);
    assertThat(EPOCHS.holds(whole.stores().getFirst())).isTrue();

    EpochId third = snapshotAt(due.plusSeconds(1));
    assertThat(epochs().retiring()).isPresent();
    review(due.plusSeconds(2));
    assertThat(epochs().retiring()).isEmpty();
    assertThat(epochs().epochs()).extracting(Epoch::id).contains(third);
    assertThat(EPOCHS.holds(whole.stores().getFirst())).isFalse();
  }
}
