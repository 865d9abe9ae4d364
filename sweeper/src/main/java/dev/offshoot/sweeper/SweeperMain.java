package dev.offshoot.sweeper;

import java.nio.file.Path;

import dev.offshoot.config.ConfigFile;

/** The sweeper as a process of its own: {@code SweeperMain FILE}. */
public final class SweeperMain {
  private SweeperMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path file = Path.of(arguments.length == 0 ? "offshoot.yaml" : arguments[0]);
    Sweeper sweeper = Sweeper.start(ConfigFile.load(file));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(sweeper::close));
    Thread.currentThread().join();
  }
}
