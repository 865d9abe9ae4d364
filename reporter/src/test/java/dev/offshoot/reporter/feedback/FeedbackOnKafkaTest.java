package dev.offshoot.reporter.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.embedded.githost.Mischief;
import dev.offshoot.embedded.githost.PlayedGitHostApi;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.Event;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;
import dev.offshoot.worker.runtime.WorkerRuntime;
import dev.offshoot.worker.runtime.WorkerSettings;

/** The worker as it is started, on a real broker, with a git host that is played. */
@Timeout(600)
class FeedbackOnKafkaTest {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final RepositoryKey SHOP = new RepositoryKey("told");
  private static final String TOKEN = "canary-token-of-the-bot";

  private final PlayedGitHostApi host = PlayedGitHostApi.start(GitHostName.GITHUB, "acme/shop", TOKEN);
  private final OffshootConfig config = ConfigFile.parse("""
      kafka: {bootstrapServers: "%s", partitions: 6}
      stores:
        postgres: {host: 127.0.0.1, user: none, password: none-at-all}
        solr: {url: "http://127.0.0.1:1/solr", backups: /none}
        redis: {server: /none, directory: /none}
      credentials: {masterKey: 0123456789abcdef0123456789abcdef}
      blobs: {directory: /none}
      repositories:
        %s:
          host: github
          fullName: acme/shop
          url: https://git.example.com/acme/shop.git
          secrets: [a-webhook-secret-of-shop]
          staging: {database: shop_staging}
          feedback: {api: "%s", token: "%s"}
      """.formatted(SharedServers.kafka().bootstrapServers(), SHOP, host.api(), TOKEN), Map.of(), Path.of("/none"));

  /** Stands for the provisioner, the migrator and the reporter: says of each push at once that all is done. */
  private static final class TheOthers implements Worker {
    @Override
    public String name() {
      return "the-others";
    }

    @Override
    public Inbox reads() {
      return Inbox.REQUESTS;
    }

    @Override
    public boolean takes(Event event) {
      return event instanceof Request.BranchPushed push && push.origin().repository().equals(SHOP);
    }

    @Override
    public Outcome handle(Message message, Context context) {
      Request.BranchPushed push = (Request.BranchPushed) message.event();
      Subject subject = new Subject(push.origin(), Incarnation.FIRST, Optional.of(push.commit()));
      Instant now = Instant.now();
      return Outcome.done(Publication.of(List.of(
          new Presence(push.origin(), new Intent.Standing(Incarnation.FIRST, new EpochId("e261121093000000")),
              Optional.of(push.commit()), Optional.empty(), now),
          new Schema(Incarnation.FIRST, push.commit(), "2", List.of(), true, Optional.empty(), now),
          new Report(Incarnation.FIRST, push.commit(), "reports/x", now, Optional.of("Migrated"))),
          new LifecycleEvent.ReportPublished(subject, "reports/x", "Migrated")));
    }
  }

  private WorkerRuntime others;

  @BeforeEach
  void start() {
    Topics.ensure(config.kafka());
    others = WorkerRuntime.start(new TheOthers(), WorkerSettings.of(config.kafka()));
  }

  @AfterEach
  void close() {
    others.close();
    host.close();
  }

  private void push(String branch, Commit commit) {
    try (EventPublisher publisher = EventPublisher.open(config.kafka())) {
      publisher.publish(Message.first(EventId.random(), new EventSource("/offshoot/test"), Instant.now(),
          new Request.BranchPushed(Origin.ofBranch(SHOP, GitRef.ofBranch(branch)), commit, true, false, "me"))).join();
    }
  }

  private void awaitTold(long change, Commit commit) {
    Eventually.await("the change is told of " + commit.brief(), SOON, () -> host.comments(change),
        said -> said.stream().anyMatch(comment -> comment.text().contains(commit.brief())));
    assertThat(host.comments(change)).hasSize(1);
    assertThat(host.statuses(commit.id())).singleElement().extracting(PlayedGitHostApi.Status::state).isEqualTo("success");
  }

  @Test
  void everyPushIsToldOnceThroughAHostThatFailsAnAnswerThatIsLostAndARestart() throws Exception {
    Commit first = new Commit("1".repeat(40));
    Commit second = new Commit("2".repeat(40));
    Commit other = new Commit("3".repeat(40));
    long one = host.open("feature/one");
    long two = host.open("feature/two");
    try (Feedback _ = Feedback.start(config).orElseThrow()) {
      host.misbehaveAtNextWrite(Mischief.LOST_ANSWER);
      push("feature/one", first);
      awaitTold(one, first);

      host.misbehave(Mischief.OUT_OF_ORDER);
      push("feature/two", other);
      awaitTold(two, other);
    }
    push("feature/one", second);
    try (Feedback _ = Feedback.start(config).orElseThrow()) {
      awaitTold(one, second);
    }
    assertThat(host.comments(two)).hasSize(1);
  }
}
