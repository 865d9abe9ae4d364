package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static dev.offshoot.migrator.WorkerFixture.publication;
import static dev.offshoot.migrator.WorkerFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.PlanDecision;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.wire.UndecodableException;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** The branch is deleted and its commit forgotten by the host, but a database that was brought to it stands. */
class ForgottenCommitTest {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final Commit FORGOTTEN = new Commit("f".repeat(40));

  @TempDir
  private Path folder;
  private WorkerFixture migrator;
  private CloneFixture clone;

  @BeforeEach
  void aDatabaseStandsAtVersionTwo() throws Exception {
    migrator = new WorkerFixture(folder, DEADLINE);
    clone = CloneFixture.baselined();
    assertSucceeded(migrator.push(clone, clone.standing(), migrator.commit("V2__pages.sql", "CREATE TABLE pages (id int);")));
  }

  @AfterEach
  void close() {
    migrator.close();
  }

  private MemoryContext known(Incarnation incarnation, String version, Optional<MigrationFailure> failure) {
    return clone.standing().with(new Schema(incarnation, FORGOTTEN, version, List.of(), true, failure, Instant.EPOCH));
  }

  private Outcome handle(Message message, MemoryContext context) throws InterruptedException {
    return WorkerFixture.handle(migrator.worker, message, context);
  }

  @Test
  void whatWasRestoredAtItIsReadyWithoutReadingIt() throws Exception {
    Outcome outcome = handle(clone.restored(FORGOTTEN), known(Incarnation.FIRST, "2", Optional.empty()));

    assertSucceeded(outcome);
    assertThat(schema(outcome).commit()).isEqualTo(FORGOTTEN);
    assertThat(schema(outcome).version()).isEqualTo("2");
    assertThat(publication(outcome).events()).singleElement()
        .isInstanceOfSatisfying(LifecycleEvent.EnvironmentCreated.class, created -> {
          assertThat(created.applied()).isEmpty();
          assertThat(evidence(created.evidence().orElseThrow()).plan().decision()).isEqualTo(PlanDecision.NOTHING);
        });
  }

  private Evidence evidence(String key) {
    try {
      return new EvidenceCodec().decode(migrator.blobs.get(key).orElseThrow());
    } catch (UndecodableException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatStandsAtItIsReadyWhenItIsAskedForAgain() throws Exception {
    Outcome outcome = handle(clone.commitAccepted(FORGOTTEN), known(CloneFixture.INCARNATION, "2", Optional.empty()));

    assertSucceeded(outcome);
    assertThat(publication(outcome).events()).singleElement().isInstanceOf(LifecycleEvent.EnvironmentModified.class);
  }

  @Test
  void whereTheDatabaseIsNotKnownToStandAtItTheCommitIsNeeded() throws Exception {
    Message restored = clone.restored(FORGOTTEN);
    assertThat(failure(handle(clone.storesReady(FORGOTTEN), known(Incarnation.FIRST, "2", Optional.empty()))).reason())
        .as("made from the snapshot").contains("force-pushed away");
    assertThat(failure(handle(restored, known(Incarnation.FIRST, "3", Optional.empty()))).reason())
        .as("its history says otherwise").contains("force-pushed away");
    assertThat(failure(handle(restored, known(Incarnation.FIRST, "2", Optional.of(MigrationFailure.of("it broke"))))).reason())
        .as("it never came to it").contains("force-pushed away");
    assertThat(failure(handle(restored, clone.standing())).reason()).as("nothing is known").contains("force-pushed away");
  }

  @Test
  void aHostThatIsAwayIsWaitedForButNotForEver() throws Exception {
    MigratorWorker lost = WorkerFixture.worker(folder.resolve("gone.git").toString(), DEADLINE, folder.resolve("blobs"));
    MemoryContext context = known(Incarnation.FIRST, "2", Optional.empty());
    assertThatThrownBy(() -> lost.handle(clone.restored(FORGOTTEN), context))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));

    assertSucceeded(lost.handle(clone.restored(FORGOTTEN), context.attempt(4)));
  }
}
