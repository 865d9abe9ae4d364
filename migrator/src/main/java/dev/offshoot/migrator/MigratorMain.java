package dev.offshoot.migrator;

import java.nio.file.Path;

import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.management.WorkerProcess;

/** The migrator as a process of its own: {@code MigratorMain FILE}. */
public final class MigratorMain {
  private MigratorMain() {}

  public static void main(String[] arguments) throws Exception {
    OffshootConfig config = ConfigFile.load(Path.of(arguments.length == 0 ? "offshoot.yaml" : arguments[0]));
    WorkerProcess.run(MigratorWorker.NAME, config.workers().management(), () -> Migrator.start(config));
  }
}
