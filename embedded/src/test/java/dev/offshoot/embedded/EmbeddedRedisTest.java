package dev.offshoot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.process.FreePorts;

class EmbeddedRedisTest {
  private static final String PASSWORD = "an-open-secret";

  @TempDir
  Path directory;

  @Test
  void aRestartKeepsWhatWasWritten() throws Exception {
    try (var redis = start(FreePorts.choose(), PASSWORD)) {
      assertThat(ask(redis, "AUTH " + PASSWORD, "SET branch new_cool_page")).isEqualTo("+OK +OK +OK");
    }
    try (var redis = start(FreePorts.choose(), PASSWORD)) {
      assertThat(ask(redis, "AUTH " + PASSWORD, "GET branch")).isEqualTo("+OK $13 new_cool_page +OK");
    }
  }

  @Test
  void nobodyGetsInWithoutThePassword() throws Exception {
    try (var redis = start(FreePorts.choose(), PASSWORD)) {
      assertThat(ask(redis, "GET branch")).startsWith("-NOAUTH");
    }
  }

  @Test
  void aTakenPortIsTold() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(taken.getLocalPort(), PASSWORD))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContainingAll("Redis", "127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void aPasswordCannotSmuggleInConfiguration() {
    assertThatThrownBy(() -> start(FreePorts.choose(), "12345678\nprotected-mode no"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("12345678");
  }

  private EmbeddedRedis start(int port, String password) {
    return EmbeddedRedis.start(SharedServers.redisBinary(), directory, port, password);
  }

  private static String ask(EmbeddedRedis redis, String... commands) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      String all = String.join("\r\n", commands) + "\r\nQUIT\r\n";
      socket.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.strip().replace("\r\n", " ");
    }
  }
}
