package dev.offshoot.worker.runtime;

import static dev.offshoot.worker.runtime.RunningWorkers.SOON;
import static dev.offshoot.worker.runtime.RunningWorkers.commit;
import static dev.offshoot.worker.runtime.RunningWorkers.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.FacetName;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;

/** Who waits for whom. */
@Timeout(600)
class LanesOnKafkaTest {
  private final RunningWorkers workers = new RunningWorkers();

  @AfterEach
  void everythingCloses() throws Exception {
    workers.close();
  }

  @Test
  void oneLaneWaitsWhileOthersGoOn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<String> done = new CopyOnWriteArrayList<>();
    workers.run((message, _) -> {
      if (message.environment().equals(workers.origin("slow").environment())) {
        release.await();
      }
      done.add(message.environment().value());
      return new Outcome.Rejected("only noted");
    });
    workers.push("slow", 1);
    IntStream.range(0, 20).forEach(i -> workers.push("fast-" + i, i + 1));
    Eventually.await("all fast lanes are done", SOON, () -> done.size() == 20);
    assertThat(done).doesNotContain(workers.origin("slow").environment().value());
    release.countDown();
    Eventually.await("the slow lane is done", SOON, () -> done.size() == 21);
  }

  @Test
  void queuedUpdatesCollapseToTheNewestAndBarriersDoNot() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<String> handled = new CopyOnWriteArrayList<>();
    workers.run((message, context) -> {
      handled.add(message.event() instanceof Request.BranchPushed ? "push " + number(message) : "delete");
      if (number(message) == 1) {
        started.countDown();
        release.await();
        Eventually.await("the running push is told", SOON, context::superseded);
      }
      return new Outcome.Rejected("only noted");
    });
    workers.push("a", 1);
    started.await();
    workers.push("a", 2);
    workers.push("a", 3);
    workers.ask(new Request.BranchDeleted(workers.origin("a"), "dev"));
    workers.push("a", 4);
    workers.push(workers.neighbourOf("a"), 9);
    Eventually.await("everything before it in the partition is queued", SOON, () -> handled.contains("push 9"));
    release.countDown();
    Eventually.await("the last push is handled", SOON, () -> handled.contains("push 4"));
    assertThat(handled).containsExactly("push 1", "push 9", "push 3", "delete", "push 4");
  }

  @Test
  void lanesThatWaitToTryAgainKeepNoOtherWaiting() {
    AtomicInteger inVain = new AtomicInteger();
    workers.run((message, _) -> {
      if (!message.environment().equals(workers.origin("healthy").environment())) {
        inVain.incrementAndGet();
        throw new Failure(Failure.Kind.BUSY, "waits for what the healthy one brings");
      }
      return workers.made("healthy", 1);
    }, Duration.ZERO, 1);
    workers.push("stuck-1", 1);
    workers.push("stuck-2", 1);
    Eventually.await("both stuck lanes have tried", SOON, () -> inVain.get() > 2);
    Message healthy = workers.push("healthy", 1);
    assertThat(workers.eventsOf(healthy.environment(), 1)).hasSize(1);
  }

  @Test
  void aDestroyDoesNotWaitForAnUpdateThatIsTriedInVain() {
    List<String> handled = new CopyOnWriteArrayList<>();
    workers.run((message, _) -> {
      if (message.event() instanceof Request.BranchPushed) {
        handled.add("tried");
        throw new Failure(Failure.Kind.UNAVAILABLE, "down for ever");
      }
      handled.add("destroyed");
      return new Outcome.Rejected("only noted");
    });
    workers.push("a", 1);
    Eventually.await("the push was tried", SOON, () -> handled.contains("tried"));
    workers.ask(new Request.DestroyRequested(workers.origin("a"), "no longer needed", "dev"));
    Eventually.await("the destroy is handled", SOON, () -> handled.contains("destroyed"));
  }

  @Test
  void aMessageWhoseFacetsNeverComeGivesWayToADestroy() {
    List<String> handled = new CopyOnWriteArrayList<>();
    workers.run((message, _) -> {
      handled.add(message.event().getClass().getSimpleName());
      return new Outcome.Rejected("only noted");
    });
    Request push = new Request.BranchPushed(workers.origin("a"), commit(1), false, false, "dev");
    workers.publish(new Message(EventId.random(), EventSource.worker("test"), Instant.now(), workers.origin("a").environment(),
        Optional.empty(), UUID.randomUUID(), 0, Map.of(FacetName.PRESENCE, 7L), push));
    workers.ask(new Request.DestroyRequested(workers.origin("a"), "no longer needed", "dev"));
    Eventually.await("the destroy is handled", SOON, () -> handled.contains("DestroyRequested"));
    assertThat(handled).containsExactly("DestroyRequested");
  }
}
