package dev.offshoot.cli.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A Redis, spoken to as plainly as possible. */
record RedisServer(String host, int port) {
  private static final int MILLIS = 5_000;

  /** What it answers to a line of words; every Redis takes inline commands. */
  String answer(String... lines) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), MILLIS);
      socket.setSoTimeout(MILLIS);
      String commands = String.join("\r\n", lines) + "\r\nQUIT\r\n";
      socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
  }

  /** Whether anything listens there. */
  boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
