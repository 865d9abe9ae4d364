package dev.offshoot.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** The properties of one broker that is its own controller. */
final class KafkaConfiguration {
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private KafkaConfiguration() {
  }

  static Properties of(Path directory, int port, int controllerPort, KafkaSettings settings) {
    var p = new Properties();
    roles(p, port, controllerPort);
    p.put("log.dirs", directory.toString());
    p.put("auto.create.topics.enable", "false");
    oneReplicaOfEverything(p);
    groups(p, settings);
    if (settings.flush()) {
      // The internal topics too: a commit is its records, its offsets and its marker.
      p.put("log.flush.interval.messages", "1");
    }
    // Sized for one machine; the defaults want 128 MiB and a dozen threads.
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("background.threads", "2");
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    return p;
  }

  private static void roles(Properties p, int port, int controllerPort) {
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.put("listeners",
        "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.put("controller.listener.names", CONTROLLER_LISTENER);
    p.put("inter.broker.listener.name", "PLAINTEXT");
    // A killed broker may register again only once its old session is over, and tries at growing intervals (the fifth
    // time after 3.1 s): with the default of 9 s a start after a kill takes 20 s.
    p.put("broker.session.timeout.ms", "2500");
    p.put("broker.heartbeat.interval.ms", "500");
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
  }

  private static void oneReplicaOfEverything(Properties p) {
    p.put("num.partitions", "1");
    p.put("default.replication.factor", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "4");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("share.coordinator.state.topic.num.partitions", "1");
  }

  private static void groups(Properties p, KafkaSettings settings) {
    String session = Long.toString(settings.sessionTimeout().toMillis());
    String heartbeat = Long.toString(settings.heartbeat().toMillis());
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("group.consumer.min.session.timeout.ms", session);
    p.put("group.consumer.session.timeout.ms", session);
    p.put("group.consumer.min.heartbeat.interval.ms", heartbeat);
    p.put("group.consumer.heartbeat.interval.ms", heartbeat);
    p.put("transaction.max.timeout.ms", Long.toString(settings.maxTransaction().toMillis()));
    // A killed worker's open transaction hides everything behind it from read_committed readers.
    p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    // Longer than the longest topic retention: a stopped installation goes on where it was.
    p.put("offsets.retention.minutes", Integer.toString(120 * 24 * 60));
  }
}
