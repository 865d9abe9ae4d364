package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class WaitingTest {

  @Command
  private static final class Asks {
    @Mixin
    private final Waiting waiting = new Waiting();
  }

  private static Waiting read(String... words) {
    return CommandLine.populateCommand(new Asks(), words).waiting;
  }

  @Test
  void aCommandWaitsUnlessItIsToldNotTo() {
    assertThat(read().waits()).isTrue();
    assertThat(read("--no-wait").waits()).isFalse();
  }

  @Test
  void itWaitsForAtLeastASecond() {
    assertThat(read().atMost()).isEqualTo(Duration.ofMinutes(15));
    assertThat(read("--timeout", "0").atMost()).isEqualTo(Duration.ofSeconds(1));
  }
}
