package dev.offshoot.worker.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent.EnvironmentCreated;
import dev.offshoot.event.Message;
import dev.offshoot.event.Subject;
import dev.offshoot.wire.EventCodec;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

class AnnouncerTest {
  @Test
  void theWorkerOfTheReadmeAnnouncesAnEnvironment() throws Exception {
    KafkaConfig kafka = new KafkaConfig(SharedServers.kafka().bootstrapServers(), 6, 1, Map.of());
    Topics.ensure(kafka);
    Origin origin = Origin.ofBranch(new RepositoryKey("readme"), GitRef.ofBranch("feature/x"));
    Message created = new Message(EventId.random(), EventSource.worker("migrator"), Instant.now(), origin.environment(), Optional.empty(),
        UUID.randomUUID(), 1, Map.of(), new EnvironmentCreated(new Subject(origin, Incarnation.FIRST, Optional.empty()), "1", List.of()));
    try (Producer<String, byte[]> producer = KafkaClients.producer(kafka)) {
      producer.send(new EventCodec(kafka).encode(created)).get();
    }

    BlockingQueue<String> room = new LinkedBlockingQueue<>();
    try (WorkerRuntime _ = WorkerRuntime.start(new Announcer(room::add), WorkerSettings.of(kafka))) {
      assertThat(room.poll(2, TimeUnit.MINUTES)).isEqualTo(origin.environment() + " is ready");
    }
  }

  @Test
  void theReadmeShowsItAsItIs() throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    String source = Files.readString(
        root.resolve("embedded/src/test/java").resolve(Announcer.class.getName().replace('.', '/') + ".java"));
    String shown = source.substring(source.indexOf("/** Tells a room"), source.indexOf("// README: to here")).strip();
    assertThat(Files.readString(root.resolve("README.md"))).contains(shown).contains("WorkerRuntime.start(new Announcer(");
  }
}
