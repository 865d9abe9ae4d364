package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class PulseTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicBoolean threadLives = new AtomicBoolean(true);
  private final Pulse pulse = new Pulse(now::get, threadLives::get);

  @Test
  void aWorkerIsReadyWhilePartitionsAreAssignedAndTheirStateIsRead() {
    assertThat(pulse.ready().isGood()).isFalse();
    pulse.waiting("reads the state");
    assertThat(pulse.ready().isGood()).isFalse();
    pulse.working(0);
    assertThat(pulse.ready().isGood()).isFalse();
    pulse.working(3);
    assertThat(pulse.ready().isGood()).isTrue();
    pulse.waiting("the session ended in doubt");
    assertThat(pulse.ready().isGood()).isFalse();
  }

  @Test
  void aWorkerThatStopsIsNotReadyButLives() {
    pulse.working(3);
    pulse.stopping();
    threadLives.set(false);

    assertThat(pulse.ready().isGood()).isFalse();
    assertThat(pulse.live().isGood()).isTrue();
  }

  @Test
  void aPollThreadThatHangsOrEndedDoesNotLive() {
    now.addAndGet(Pulse.SILENCE.toNanos());
    assertThat(pulse.live().isGood()).isTrue();
    now.incrementAndGet();
    assertThat(pulse.live().isGood()).isFalse();

    pulse.waiting("Kafka is away");
    assertThat(pulse.live().isGood()).isTrue();

    threadLives.set(false);
    assertThat(pulse.live().isGood()).isFalse();
  }
}
