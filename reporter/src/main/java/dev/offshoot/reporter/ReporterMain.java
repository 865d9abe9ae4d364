package dev.offshoot.reporter;

import java.nio.file.Path;

import dev.offshoot.config.ConfigFile;

/** The reporter as a process of its own: {@code ReporterMain FILE}. */
public final class ReporterMain {
  private ReporterMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path file = Path.of(arguments.length == 0 ? "offshoot.yaml" : arguments[0]);
    Reporter reporter = Reporter.start(ConfigFile.load(file));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(reporter::close));
    Thread.currentThread().join();
  }
}
