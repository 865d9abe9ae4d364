package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.StateRows;
import dev.offshoot.wire.Topic;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

class DispatcherTest {
  private static final Origin ORIGIN = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("a"));

  private final SimulationWire wire = new SimulationWire(1);
  private final StateRows rows = new StateRows();
  private final Dispatcher dispatcher = wire.dispatcher(SimulatedWorker.PROVISIONER, rows);

  @BeforeEach
  void thePartitionIsOurs() {
    dispatcher.assigned(List.of(0));
  }

  private void deliver(long offset) {
    deliver(offset, new Request.BranchDeleted(ORIGIN, "ann"));
  }

  private void deliver(long offset, Request request) {
    ProducerRecord<String, byte[]> record = wire.record(
        Message.first(new EventId("m" + offset), new EventSource("/offshoot/webhooks/shop"), Instant.EPOCH, request));
    ConsumerRecord<String, byte[]> delivered =
        new ConsumerRecord<>(record.topic(), 0, offset, record.key(), record.value());
    record.headers().forEach(delivered.headers()::add);
    dispatcher.deliver(delivered);
  }

  private static Completion finished(Delivery delivery) {
    return new Completion.Finished(delivery, new Outcome.Rejected("nothing to do"), 1);
  }

  @Test
  void nothingStartsBeforeTheStateIsThatOfTheFormerOwner() {
    deliver(4);
    assertThat(dispatcher.cold()).containsExactly(0);
    assertThat(dispatcher.start()).isEmpty();

    dispatcher.warm(Map.of(0, 4L));
    assertThat(dispatcher.start()).extracting(start -> start.delivery().offset()).containsExactly(4L);
  }

  @Test
  void anOutcomeAndWhatFollowsFromItAreOneTransaction() {
    dispatcher.warm(Map.of(0, 4L));
    deliver(4);
    dispatcher.handIn(finished(dispatcher.start().getFirst().delivery()));
    Transaction transaction = dispatcher.transaction().orElseThrow();

    assertThat(transaction.offsets()).isEqualTo(Map.of(0, 5L));
    assertThat(transaction.kind()).isEqualTo(Transaction.Kind.OUTCOME);
    assertThat(transaction.records()).as("its cursor").hasSize(1);
    assertThat(rows.cursor(ORIGIN.environment(), "provisioner").cursor().offset()).as("not committed yet").isEqualTo(-1);
    dispatcher.committed(transaction);
    assertThat(rows.cursor(ORIGIN.environment(), "provisioner").cursor().offset()).isEqualTo(4);
    assertThat(dispatcher.transaction()).as("nothing is new").isEmpty();
  }

  /** Also when the next one has led to something before they look. */
  @Test
  void whoAskedForWhatLedToNothingFindsWhyAtTheLanesCursor() {
    dispatcher.warm(Map.of(0, 4L));
    deliver(4);
    deliver(5);
    dispatcher.handIn(finished(dispatcher.start().getFirst().delivery()));
    dispatcher.committed(dispatcher.transaction().orElseThrow());
    assertThat(rows.cursor(ORIGIN.environment(), "provisioner").cursor().refusalOf(4)).hasValue("nothing to do");

    Delivery next = dispatcher.start().getFirst().delivery();
    dispatcher.handIn(new Completion.Intermediate(next, Publication.NOTHING, new CompletableFuture<>()));
    dispatcher.committed(dispatcher.transaction().orElseThrow());
    assertThat(rows.cursor(ORIGIN.environment(), "provisioner").cursor().refusalOf(4)).hasValue("nothing to do");
    dispatcher.handIn(new Completion.Finished(next, Outcome.done(Publication.NOTHING), 1));
    dispatcher.committed(dispatcher.transaction().orElseThrow());
    assertThat(rows.cursor(ORIGIN.environment(), "provisioner").cursor().refusalOf(4)).hasValue("nothing to do");
    assertThat(rows.cursor(ORIGIN.environment(), "provisioner").cursor().refusalOf(5)).isEmpty();
  }

  @Test
  void whatItsLanesCursorHasPassedIsNotHandledAgain() {
    dispatcher.warm(Map.of(0, 4L));
    deliver(4);
    dispatcher.handIn(finished(dispatcher.start().getFirst().delivery()));
    dispatcher.committed(dispatcher.transaction().orElseThrow());
    dispatcher.revoked(List.of(0));
    dispatcher.assigned(List.of(0));
    dispatcher.warm(Map.of(0, 0L));
    deliver(4);
    deliver(5);

    assertThat(dispatcher.start()).extracting(start -> start.delivery().offset()).containsExactly(5L);
    assertThat(dispatcher.transaction().orElseThrow().offsets()).isEqualTo(Map.of(0, 5L));
  }

  @Test
  void whatAnEndedAssignmentHandsInIsDroppedAndItsLaneIsTold() {
    dispatcher.warm(Map.of());
    deliver(4);
    Delivery running = dispatcher.start().getFirst().delivery();
    CompletableFuture<Void> intent = new CompletableFuture<>();
    dispatcher.handIn(new Completion.Intermediate(running, Publication.NOTHING, intent));

    assertThat(dispatcher.revoked(List.of(0))).containsExactly(running);
    assertThat(intent).isCancelled();
    dispatcher.handIn(finished(running));
    assertThat(dispatcher.hasHandedIn()).isFalse();
    assertThat(dispatcher.transaction()).isEmpty();
  }

  @Test
  void anUpdateStartsSupersededIfAPersonsWishToDestroyIsQueuedBehindIt() {
    dispatcher.warm(Map.of());
    deliver(4, new Request.BranchPushed(ORIGIN, new Commit("1".repeat(40)), false, false, "ann"));
    deliver(5, new Request.DestroyRequested(ORIGIN, "no longer needed", "ann"));

    Dispatcher.Start push = dispatcher.start().getFirst();
    assertThat(push.superseded()).isTrue();
    dispatcher.handIn(finished(push.delivery()));
    dispatcher.committed(dispatcher.transaction().orElseThrow());
    assertThat(dispatcher.start()).singleElement().extracting(Dispatcher.Start::superseded).isEqualTo(false);
  }

  @Test
  void anIntentIsCommittedWithTheOffsetOfItsOpenRecord() {
    dispatcher.warm(Map.of(0, 4L));
    deliver(4);
    CompletableFuture<Void> intent = new CompletableFuture<>();
    dispatcher.handIn(new Completion.Intermediate(dispatcher.start().getFirst().delivery(), Publication.NOTHING, intent));
    Transaction transaction = dispatcher.transaction().orElseThrow();

    assertThat(transaction.kind()).isEqualTo(Transaction.Kind.INTENT);
    assertThat(transaction.offsets()).isEqualTo(Map.of(0, 4L));
    assertThat(intent).isNotDone();
    dispatcher.committed(transaction);
    assertThat(intent).isCompleted();
  }

  private ProducerRecord<String, byte[]> letterOf(String key, int valueBytes, int headerBytes) {
    dispatcher.warm(Map.of(0, 4L));
    ConsumerRecord<String, byte[]> junk = new ConsumerRecord<>(Topic.REQUESTS.topicName(), 0, 4, key, new byte[valueBytes]);
    junk.headers().add("theirs", new byte[headerBytes]);
    dispatcher.deliver(junk);
    assertThat(dispatcher.start()).isEmpty();
    return dispatcher.transaction().orElseThrow().records().getFirst();
  }

  @Test
  void aDeadLetterIsTheRecordAsItCame() {
    ProducerRecord<String, byte[]> letter = letterOf("key", 300_000, 300_000);

    assertThat(letter.key()).isEqualTo("key");
    assertThat(letter.value()).hasSize(300_000);
    assertThat(letter.headers().lastHeader("theirs").value()).hasSize(300_000);
  }

  @ParameterizedTest
  @CsvSource({"3, 10, 1000000", "3, 899000, 149000", "1000000, 10, 10", "3, 1000000, 0"})
  void aDeadLetterOfWhatIsTooLargeForAnotherRecordSaysOnlyWhereItLies(int keyBytes, int valueBytes, int headerBytes) {
    ProducerRecord<String, byte[]> letter = letterOf("k".repeat(keyBytes), valueBytes, headerBytes);

    assertThat(Draft.bytes(letter)).isLessThan(5_000);
    assertThat(letter.value()).isEmpty();
    assertThat(letter.key()).startsWith("kkk");
    assertThat(letter.headers().lastHeader("offshoot_dead_letter_offset").value()).asString().isEqualTo("4");
    assertThat(letter.headers().lastHeader("offshoot_dead_letter_topic").value()).asString().isEqualTo("offshoot.requests");
  }
}
