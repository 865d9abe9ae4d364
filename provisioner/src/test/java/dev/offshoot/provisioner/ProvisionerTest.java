package dev.offshoot.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.CoreAdminRequest;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.embedded.EmbeddedSolr;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent.EnvironmentAccepted;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.wire.EventLog;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topics;

/** The whole provisioner between real topics and real stores. */
class ProvisionerTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @Test
  void aPushToTheTopicMakesAllStoresAndADeletedBranchRemovesThem() throws Exception {
    PostgresFixture.staging("whole_staging");
    SolrConfig solr = new SolrConfig(SharedServers.solr().baseUrl(), SharedServers.solr().backups());
    try (var client = new HttpJdkSolrClient.Builder(solr.url()).useHttp1_1(true).build()) {
      CoreAdminRequest.Create create = new CoreAdminRequest.Create();
      create.setCoreName("whole_staging");
      create.setConfigSet(EmbeddedSolr.CONFIG_SET);
      create.process(client);
    }
    Commit commit = commit();
    OffshootConfig config = config(solr);
    Origin origin = Origin.ofBranch(repository().key(), GitRef.ofBranch("feature/whole"));
    Topics.ensure(config.kafka());
    try (EventPublisher publisher = EventPublisher.open(config.kafka()); StateTable table =
        StateTable.open(config.kafka());
        EventLog log = EventLog.open(config.kafka(), true)) {
      try (Provisioner _ = Provisioner.start(config)) {
        publisher.publish(message(new Request.BranchPushed(origin, commit, true, false, "ann"))).join();
        Eventually.await("the stores stand", SOON, () -> table.of(origin.environment()).phase() == Phase.MIGRATING);
      }
      Stores stores = table.of(origin.environment()).currentStores().orElseThrow();
      assertThat(stores.coordinates()).extracting(c -> c.kind()).containsExactlyInAnyOrder(StoreKind.values());
      try (Connection connection = PostgresFixture.login(stores.of(StoreKind.POSTGRES).orElseThrow())) {
        assertThat(PostgresFixture.value(connection, "SELECT count(*) FROM product")).isEqualTo("100");
      }
      try (Provisioner _ = Provisioner.start(config)) {
        deleteBranch();
        publisher.publish(message(new Request.BranchDeleted(origin, "ann"))).join();
        Eventually.await("it is gone", SOON, () -> table.of(origin.environment()).phase() == Phase.DESTROYED);
      }
      assertThat(eventsOf(log, origin.environment()))
          .hasExactlyElementsOfTypes(EnvironmentAccepted.class, StoresReady.class, EnvironmentDeleted.class);
    }
  }

  private static List<Object> eventsOf(EventLog log, EnvironmentId environment) {
    List<Object> events = new ArrayList<>();
    return Eventually.await("three events are there", SOON, () -> {
      log.poll(Duration.ofMillis(100)).stream().filter(m -> m.environment().equals(environment)).map(Message::event)
          .forEach(events::add);
      return events;
    }, seen -> seen.size() >= 3);
  }

  private static Message message(Request request) {
    return Message.first(EventId.random(), EventSource.worker("test"), Instant.now(Clock.systemUTC()), request);
  }

  private Commit commit() throws Exception {
    try (Git git = Git.init().setDirectory(directory.resolve("shop").toFile()).setInitialBranch("main").call()) {
      git.commit().setMessage("first").setAllowEmpty(true).setSign(false).setAuthor("Ann", "ann@example.org")
          .setCommitter("Ann", "ann@example.org").call();
      return new Commit(git.branchCreate().setName("feature/whole").call().getObjectId().name());
    }
  }

  private void deleteBranch() throws Exception {
    try (Git git = Git.open(directory.resolve("shop").toFile())) {
      git.branchDelete().setBranchNames("feature/whole").setForce(true).call();
    }
  }

  private RepositoryConfig repository() {
    RepositoryConfig like = PostgresFixture.repository("whole", "whole_staging", Optional.empty());
    return new RepositoryConfig(like.key(), like.host(), like.fullName(), directory.resolve("shop").toUri().toString(),
        like.defaultBranch(), like.secrets(), like.create(), like.migrations(),
        new StagingConfig("whole_staging", Optional.of("whole_staging")));
  }

  private OffshootConfig config(SolrConfig solr) {
    RedisConfig redis = new RedisConfig.Processes(SharedServers.redisBinary(), directory.resolve("redis"), 16,
            Optional.of(SharedServers.redisKeeper()));
    return new OffshootConfig(KafkaConfig.at(SharedServers.kafka().bootstrapServers()),
        new StoresConfig(PostgresFixture.config(), solr, redis),
        new CredentialsConfig("test", new Secret("0123456789abcdef0123456789abcdef")), WorkersConfig.defaults(),
        directory.resolve("blobs"), Map.of(repository().key(), repository()), Map.of());
  }
}
