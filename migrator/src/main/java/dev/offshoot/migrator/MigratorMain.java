package dev.offshoot.migrator;

import java.nio.file.Path;

import dev.offshoot.config.ConfigFile;

/** The migrator as a process of its own: {@code MigratorMain FILE}. */
public final class MigratorMain {
  private MigratorMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path file = Path.of(arguments.length == 0 ? "offshoot.yaml" : arguments[0]);
    Migrator migrator = Migrator.start(ConfigFile.load(file));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(migrator::close));
    Thread.currentThread().join();
  }
}
