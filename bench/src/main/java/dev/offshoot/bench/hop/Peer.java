package dev.offshoot.bench.hop;

import java.util.function.Consumer;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.Request;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

/** Who answers the requests. */
enum Peer {
  BARE_LOOP("bare loop", BareLoop.TOPIC) {
    @Override
    AutoCloseable start(KafkaConfig kafka, Consumer<Request> before) throws Exception {
      return BareLoop.start(kafka);
    }
  },
  WORKER("worker", "offshoot.environments") {
    @Override
    AutoCloseable start(KafkaConfig kafka, Consumer<Request> before) {
      return WorkerRuntime.start(new Hop(before), WorkerSettings.of(kafka));
    }
  };

  private final String title;
  private final String answers;

  Peer(String title, String answers) {
    this.title = title;
    this.answers = answers;
  }

  /** @param before what a handler does before it answers; the bare loop has none */
  abstract AutoCloseable start(KafkaConfig kafka, Consumer<Request> before) throws Exception;

  String title() {
    return title;
  }

  /** The topic it answers on. */
  String answers() {
    return answers;
  }
}
