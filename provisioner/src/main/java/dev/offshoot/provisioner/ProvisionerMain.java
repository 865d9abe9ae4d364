package dev.offshoot.provisioner;

import java.nio.file.Path;

import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.management.WorkerProcess;

/** Runs the provisioner until the process is told to end. */
public final class ProvisionerMain {
  private ProvisionerMain() {
  }

  /** @param arguments the configuration file */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("Usage: provisioner CONFIG.yaml");
      System.exit(2);
    }
    OffshootConfig config = ConfigFile.load(Path.of(arguments[0]));
    WorkerProcess.run(ProvisionerWorker.NAME, config.workers().management(), () -> Provisioner.start(config));
  }
}
