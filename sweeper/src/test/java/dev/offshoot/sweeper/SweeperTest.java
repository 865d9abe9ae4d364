package dev.offshoot.sweeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.EventCodec;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.StateCodec;
import dev.offshoot.wire.StateEntry;
import dev.offshoot.wire.Topic;
import dev.offshoot.wire.Topics;

class SweeperTest {
  private static final Instant LAST_USE = Instant.parse("2026-11-21T12:00:00Z");
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private static final RepositoryConfig COMPARED = new RepositoryConfig(new RepositoryKey("compared"), GitHostName.GITEA, "acme/compared",
      "file:///none", "main", List.of(), RepositoryConfig.Creation.ON_PUSH, "db/migration", new StagingConfig("none", Optional.empty()));
  private final KafkaConfig kafka = KafkaConfig.at(SharedServers.kafka().bootstrapServers());

  private OffshootConfig config(Duration every) {
    WorkersConfig defaults = WorkersConfig.defaults();
    return new OffshootConfig(
        kafka,
        new StoresConfig(
            new PostgresConfig("none", 1, "none", new Secret("none"), 1),
            new SolrConfig("http://none", Path.of("none")),
            new RedisConfig.Shared("none", 1, new Secret("none"))),
        new CredentialsConfig("k1", new Secret("none")),
        new WorkersConfig(defaults.webhooks(), new WorkersConfig.Sweep(Duration.ofDays(3), every), defaults.migrate(),
            defaults.management()),
        Path.of("none"),
        Map.of(COMPARED.key(), COMPARED),
        Map.of());
  }

  private void standing(Origin origin) throws Exception {
    Intent intent = new Intent.Standing(Incarnation.FIRST, new EpochId("e261121093000000"));
    Presence presence = new Presence(origin, intent, Optional.empty(), Optional.empty(), LAST_USE);
    try (Producer<String, byte[]> producer = KafkaClients.producer(kafka)) {
      producer.send(new StateCodec(kafka).encode(new StateEntry.OfFacet(origin.environment(), 1, presence))).get();
    }
  }

  private List<Message> requestsFor(Origin origin) throws Exception {
    List<TopicPartition> all = IntStream.range(0, kafka.partitions())
        .mapToObj(p -> new TopicPartition(Topic.REQUESTS.topicName(), p)).toList();
    List<Message> found = new ArrayList<>();
    EventCodec codec = new EventCodec(kafka);
    try (Consumer<String, byte[]> consumer = KafkaClients.reader(kafka)) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (!ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          Message message = codec.decode(record.headers(), record.value());
          if (message.environment().equals(origin.environment())) {
            found.add(message);
          }
        }
      }
    }
    return found;
  }

  private static Clock at(Instant moment) {
    return Clock.fixed(moment, ZoneOffset.UTC);
  }

  @Test
  void anIdleEnvironmentIsAskedToBeDestroyedOnceAndAfterARestartWithTheSameId() throws Exception {
    Topics.ensure(kafka);
    Origin idle = Origin.ofBranch(SHOP, GitRef.ofBranch("feature/idle"));
    standing(idle);
    Clock due = at(LAST_USE.plus(Duration.ofDays(3)));

    try (Sweeper sweeper = Sweeper.start(config(Duration.ofDays(1)), due)) {
      assertThat(sweeper.tick()).extracting(Request::origin).contains(idle);
      assertThat(sweeper.tick()).isEmpty();
    }
    try (Sweeper restarted = Sweeper.start(config(Duration.ofDays(1)), due)) {
      assertThat(restarted.tick()).extracting(Request::origin).contains(idle);
    }

    List<Message> asks = requestsFor(idle);
    assertThat(asks).hasSize(2).allSatisfy(ask -> {
      assertThat(ask.event())
          .isEqualTo(new Request.Expired(idle, Incarnation.FIRST, LAST_USE.plus(Duration.ofDays(3))));
      assertThat(ask.source()).isEqualTo(Round.SOURCE);
    });
    assertThat(asks).extracting(Message::id).containsOnly(asks.getFirst().id());
  }

  @Test
  void stagingAndEnvironmentsInUseAreLeftAlone() throws Exception {
    Topics.ensure(kafka);
    Origin used = Origin.ofBranch(SHOP, GitRef.ofBranch("feature/used"));
    Origin staging = Origin.staging(SHOP, "main");
    standing(used);
    standing(staging);

    try (Sweeper sweeper =
        Sweeper.start(config(Duration.ofDays(1)), at(LAST_USE.plus(Duration.ofDays(3)).minusMillis(1)))) {
      assertThat(sweeper.tick()).extracting(Request::origin).doesNotContain(used, staging);
    }
    try (Sweeper sweeper = Sweeper.start(config(Duration.ofDays(1)), at(LAST_USE.plus(Duration.ofDays(30))))) {
      assertThat(sweeper.tick()).extracting(Request::origin).contains(used).doesNotContain(staging);
    }
  }

  @Test
  void theComparisonOfRefsIsAskedForAtTheStart() throws Exception {
    Topics.ensure(kafka);
    Origin repository = Origin.ofRepository(COMPARED.key(), "main");
    int before = requestsFor(repository).size();

    try (Sweeper sweeper = Sweeper.start(config(Duration.ofDays(1)), at(LAST_USE))) {
      sweeper.tick();
    }

    List<Message> asks = requestsFor(repository);
    assertThat(asks).hasSize(before + 1);
    assertThat(asks.getLast().event()).isEqualTo(new Request.ReconcileRequested(repository, Optional.empty(), "sweeper"));
  }

  @Test
  void theClockLooksByItself() throws Exception {
    Topics.ensure(kafka);
    Origin idle = Origin.ofBranch(SHOP, GitRef.ofBranch("feature/forgotten"));
    standing(idle);

    try (Sweeper sweeper = Sweeper.start(config(Duration.ofMillis(50)), at(LAST_USE.plus(Duration.ofDays(4))))) {
      Eventually.await("the ask is on the topic", Duration.ofMinutes(2), () -> !requestsFor(idle).isEmpty());
      assertThat(sweeper).isNotNull();
    }
  }
}
