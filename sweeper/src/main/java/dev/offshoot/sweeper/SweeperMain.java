package dev.offshoot.sweeper;

import java.nio.file.Path;

import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.management.WorkerProcess;

/** The sweeper as a process of its own: {@code SweeperMain FILE}. */
public final class SweeperMain {
  private SweeperMain() {}

  public static void main(String[] arguments) throws Exception {
    OffshootConfig config = ConfigFile.load(Path.of(arguments.length == 0 ? "offshoot.yaml" : arguments[0]));
    WorkerProcess.run(Sweeper.NAME, config.workers().management(), () -> Sweeper.start(config));
  }
}
