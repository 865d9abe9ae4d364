package dev.offshoot.provisioner;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import dev.offshoot.config.ConfigFile;

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
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(ended::countDown));
    try (Provisioner _ = Provisioner.start(ConfigFile.load(Path.of(arguments[0])))) {
      ended.await();
    }
  }
}
