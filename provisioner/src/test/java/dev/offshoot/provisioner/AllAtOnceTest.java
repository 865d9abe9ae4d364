package dev.offshoot.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CyclicBarrier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offshoot.worker.Failure;

class AllAtOnceTest {
  @Test
  @Timeout(60)
  void twoThingsAreDoneAtTheSameTime() throws Exception {
    CyclicBarrier meeting = new CyclicBarrier(2);
    var both = AllAtOnce.both(() -> "one of " + (meeting.await() + 2), () -> {
      meeting.await();
      return 2;
    });
    assertThat(both.one()).startsWith("one of");
    assertThat(both.other()).isEqualTo(2);
  }

  @Test
  void ofTwoFailuresTheOneIsToldThatWaitingDoesNotHeal() {
    Failure busy = new Failure(Failure.Kind.BUSY, "in a moment");
    Failure denied = new Failure(Failure.Kind.DENIED, "never");
    assertThatThrownBy(() -> AllAtOnce.both(() -> thrown(busy), () -> thrown(denied))).isSameAs(denied);
    assertThatThrownBy(() -> AllAtOnce.both(() -> 1, () -> thrown(busy))).isSameAs(busy);
  }

  private static int thrown(Failure failure) {
    throw failure;
  }
}
