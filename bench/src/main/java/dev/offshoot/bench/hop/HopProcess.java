package dev.offshoot.bench.hop;

import java.util.concurrent.CountDownLatch;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

/** The worker that does nothing, in a process of its own that can be killed. */
final class HopProcess {
  private HopProcess() {}

  /** @param arguments the bootstrap servers */
  public static void main(String[] arguments) throws InterruptedException {
    try (WorkerRuntime _ = WorkerRuntime.start(new Hop(_ -> { }), WorkerSettings.of(KafkaConfig.at(arguments[0])))) {
      new CountDownLatch(1).await();
    }
  }
}
