package dev.offshoot.reporter;

import java.nio.file.Path;

import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.management.WorkerProcess;

/** The reporter as a process of its own: {@code ReporterMain FILE}. */
public final class ReporterMain {
  private ReporterMain() {}

  public static void main(String[] arguments) throws Exception {
    OffshootConfig config = ConfigFile.load(Path.of(arguments.length == 0 ? "offshoot.yaml" : arguments[0]));
    WorkerProcess.run(ReporterWorker.NAME, config.workers().management(), () -> Reporter.start(config));
  }
}
