package dev.offshoot.embedded;

import java.time.Duration;

/** Is told of each server's start, from several threads. */
@FunctionalInterface
public interface StartProgress {
  /** @param after since the start of all */
  void ready(Server server, Duration after);
}
