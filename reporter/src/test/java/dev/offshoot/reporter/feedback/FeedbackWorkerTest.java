package dev.offshoot.reporter.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offshoot.config.GitHostName;
import dev.offshoot.embedded.githost.Mischief;
import dev.offshoot.embedded.githost.PlayedGitHostApi;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Reasons;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Subject;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

class FeedbackWorkerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:30:00Z");
  private static final Commit COMMIT = new Commit("4f1d2c3b5a69788796a5b4c3d2e1f00112233445");
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final Subject SUBJECT = subject(PlayedHost.SHOP);

  private final PlayedHost host = PlayedHost.start(GitHostName.GITHUB);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final FeedbackWorker worker = new FeedbackWorker(
      Map.of(PlayedHost.SHOP, new FeedbackWorker.Repository("github", host.teller(), new ReportLinks(Optional.empty()))), metrics);

  private static Subject subject(RepositoryKey repository) {
    return new Subject(Origin.ofBranch(repository, GitRef.ofBranch("feature/x")), Incarnation.FIRST, Optional.of(COMMIT));
  }

  private static MemoryContext ready() {
    return new MemoryContext(EnvironmentState.unknown(SUBJECT.origin().environment()))
        .with(new Presence(SUBJECT.origin(), new Intent.Standing(Incarnation.FIRST, EPOCH), Optional.of(COMMIT), Optional.empty(), NOW))
        .with(new Schema(Incarnation.FIRST, COMMIT, "2", List.of(), true, Optional.empty(), NOW))
        .with(new Report(Incarnation.FIRST, COMMIT, "reports/x", NOW, Optional.of("Migrated")));
  }

  private static Report judged(Judgement judgement) {
    return new Report(Incarnation.FIRST, COMMIT, "reports/x", NOW, Optional.of("Migrated"), Optional.of(judgement), Optional.empty(),
        Optional.of(new Reasons(List.of(new Reasons.Reason("table-rewritten", "pages was rewritten", Optional.of("V2.sql:1"))), 0)));
  }

  private static Message message(LifecycleEvent event) {
    return new Message(EventId.random(), EventSource.worker("migrator"), NOW, SUBJECT.origin().environment(), Optional.empty(),
        UUID.nameUUIDFromBytes(new byte[0]), 1, Map.of(), event);
  }

  private double counted(String outcome) {
    return Optional.ofNullable(metrics.find("offshoot.feedback").tags("host", "github", "outcome", outcome).counter())
        .map(counter -> counter.count()).orElse(0.0);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aReadyEnvironmentIsToldOnceHoweverOftenTheEventComes() throws Exception {
    long change = host.played().open("feature/x");
    Message created = message(new LifecycleEvent.EnvironmentCreated(SUBJECT, "2", List.of()));
    assertThat(worker.handle(created, ready())).isInstanceOf(Outcome.Done.class);
    assertThat(worker.handle(created, ready())).isInstanceOf(Outcome.Done.class);

    assertThat(host.played().comments(change)).singleElement()
        .satisfies(said -> assertThat(said.text()).contains(": ready").contains("feature/x"));
    assertThat(host.played().statuses(COMMIT.id())).singleElement().extracting(PlayedGitHostApi.Status::state).isEqualTo("success");
    assertThat(counted("told")).isEqualTo(1);
    assertThat(counted("unchanged")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void everyHostShowsWhatTheReportMakesOfAPush(GitHostName name) throws Exception {
    try (PlayedHost each = PlayedHost.start(name)) {
      FeedbackWorker told = new FeedbackWorker(
          Map.of(PlayedHost.SHOP, new FeedbackWorker.Repository(name.key(), each.teller(), new ReportLinks(Optional.empty()))), metrics);
      long change = each.played().open("feature/x");
      Message published = message(new LifecycleEvent.ReportPublished(SUBJECT, "reports/x", "Migrated"));

      told.handle(published, ready().with(judged(Judgement.NEEDS_DBA)));
      PlayedGitHostApi.Status needsDba = each.played().statuses(COMMIT.id()).getFirst();
      told.handle(published, ready().with(judged(Judgement.BLOCKED)));
      PlayedGitHostApi.Status blocked = each.played().statuses(COMMIT.id()).getFirst();

      assertThat(needsDba.state().toLowerCase(Locale.ROOT)).startsWith("succe");
      assertThat(needsDba.line()).isEqualTo("Needs a DBA: pages was rewritten (V2.sql:1)");
      assertThat(blocked.state().toLowerCase(Locale.ROOT)).startsWith("fail");
      assertThat(blocked.line()).isEqualTo("Blocked: pages was rewritten (V2.sql:1)");
      assertThat(each.played().comments(change)).singleElement().satisfies(
          said -> assertThat(said.text()).contains("must not be merged as it is", "- ` pages was rewritten `, ` V2.sql:1 `"));
    }
  }

  @Test
  void aChangeThatIsOpenedLaterGetsItsComment() throws Exception {
    Message created = message(new LifecycleEvent.EnvironmentCreated(SUBJECT, "2", List.of()));
    worker.handle(created, ready());
    long change = host.played().open("feature/x");
    worker.handle(message(new LifecycleEvent.ChangeLinked(SUBJECT, change)), ready());

    assertThat(host.played().comments(change)).hasSize(1);
    assertThat(host.played().statuses(COMMIT.id())).hasSize(1);
  }

  @Test
  void onlyRepositoriesThatWantFeedbackAreTakenAndOnlyWhatTheyShow() {
    assertThat(worker.takes(new LifecycleEvent.CommitAccepted(SUBJECT))).isTrue();
    assertThat(worker.takes(new LifecycleEvent.CommitAccepted(subject(new RepositoryKey("other"))))).isFalse();
    assertThat(worker.takes(new LifecycleEvent.StoresReady(SUBJECT, EPOCH, List.of(), Duration.ZERO))).isFalse();
    Origin staging = Origin.staging(PlayedHost.SHOP, "main");
    assertThat(worker.takes(new LifecycleEvent.EnvironmentFailed(new Subject(staging, Incarnation.FIRST, Optional.empty()), "x"))).isFalse();
  }

  @Test
  void aHostThatIsDownIsAFailureThatPassesAndIsCounted() {
    host.played().misbehave(Mischief.OUT_OF_ORDER);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> worker.handle(message(new LifecycleEvent.EnvironmentCreated(SUBJECT, "2", List.of())), ready()))
        .matches(failure -> failure.kind().isTransient());
    assertThat(counted("unavailable")).isEqualTo(1);
  }

  @Test
  void whatIsLateIsPassedOverWithoutACall() throws Exception {
    Subject older = new Subject(SUBJECT.origin(), Incarnation.FIRST, Optional.of(new Commit("a".repeat(40))));
    assertThat(worker.handle(message(new LifecycleEvent.EnvironmentModified(older, "1", List.of())), ready()))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(host.played().calls()).isEmpty();
    assertThat(counted("nothing")).isEqualTo(1);
  }
}
