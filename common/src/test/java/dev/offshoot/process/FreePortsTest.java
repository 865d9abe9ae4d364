package dev.offshoot.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

class FreePortsTest {
  @Test
  void chosenPortsDifferAndLieBelowTheEphemeralRange() {
    assertThat(FreePorts.choose(50)).hasSize(50).doesNotHaveDuplicates().allMatch(port -> port >= 20_000)
        .allMatch(port -> port < 32_000);
  }

  @Test
  void aPortIsFreeOnceItsListenerIsGone() throws Exception {
    int port;
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
      assertThat(FreePorts.isFree(port)).isFalse();
    }
    assertThat(FreePorts.isFree(port)).isTrue();
  }
}
