package dev.offshoot.reporter.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offshoot.config.GitHostName;
import dev.offshoot.embedded.githost.Mischief;
import dev.offshoot.embedded.githost.PlayedGitHostApi;
import dev.offshoot.environment.Commit;
import dev.offshoot.process.FreePorts;
import dev.offshoot.reporter.feedback.host.Change;
import dev.offshoot.reporter.feedback.host.Comment;
import dev.offshoot.reporter.feedback.host.CommitStatus;
import dev.offshoot.reporter.feedback.host.CommitStatus.State;
import dev.offshoot.reporter.feedback.host.GitHostApi;
import dev.offshoot.reporter.feedback.host.RestLimits;
import dev.offshoot.worker.Failure;

/** The laws of {@link GitHostApi}, held by every host's client against that host's API, played. */
class GitHostContractTest {
  private static final Commit COMMIT = new Commit("4f1d2c3b5a69788796a5b4c3d2e1f00112233445");
  private static final CommitStatus PENDING = new CommitStatus(State.PENDING, "under way", Optional.empty());
  private static final CommitStatus DONE = new CommitStatus(State.SUCCESS, "done", Optional.of("https://reports.example.com/1"));

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void onlyChangesFromTheBranchItselfAreFoundTheNewestFirst(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      long merged = host.played().open("feature/x");
      host.played().merge(merged);
      host.played().open("feature/xy");
      host.played().openFromFork("feature/x");
      long open = host.played().open("feature/x");

      assertThat(host.client().changes("feature/x")).containsExactly(new Change(open, true), new Change(merged, false));
      assertThat(host.client().changes("feature/none")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aHostileBranchIsAskedForAsItIsCalled(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      host.played().open("victim");
      for (String branch : List.of("x\" OR state=\"OPEN", "a&head=acme:victim", "%2e%2e/#x", "🦊'+`<img/src=x>@everyone", "a+b=c")) {
        long number = host.played().open(branch);
        assertThat(host.client().changes(branch)).as(branch).containsExactly(new Change(number, true));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void ourCommentsAreFoundBehindHundredsOfOthers(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      Change change = new Change(host.played().open("feature/x"), true);
      for (int i = 0; i < 230; i++) {
        host.played().say(change.number(), "somebody", "comment " + i);
      }
      GitHostApi client = host.client();
      client.write(change, "the first\n\nof ours");
      client.write(change, "the second");

      assertThat(client.comments(change)).extracting(Comment::text).containsExactly("the first\n\nof ours", "the second");

      client.rewrite(change, client.comments(change).getFirst(), "another text");
      assertThat(host.client().comments(change)).extracting(Comment::text).containsExactly("another text", "the second");
      assertThat(host.played().comments(change.number())).hasSize(232);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aHostThatRepeatsItsPagesComesToAnEnd(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      Change change = new Change(host.played().open("feature/x"), true);
      host.client().write(change, "ours");
      host.played().repeatPages();

      assertThat(host.client().comments(change)).extracting(Comment::text).containsExactly("ours");
      assertThat(host.client().changes("feature/x")).containsExactly(change);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void whatIsGoneIsNothingToDo(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      Change change = new Change(host.played().open("feature/x"), true);
      GitHostApi client = host.client();
      client.write(change, "ours");
      Comment ours = client.comments(change).getFirst();
      host.played().remove(change.number());

      assertThat(client.comments(change)).isEmpty();
      client.write(change, "again");
      client.rewrite(new Change(77, true), new Comment(ours.id().replaceFirst("\\d+", "99"), ""), "again");
      assertThat(host.played().comments(change.number())).extracting(PlayedGitHostApi.Said::text).containsExactly("ours");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aStatusIsWrittenOnceAndMoved(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      assertThat(host.client().ensure(COMMIT, PENDING)).isTrue();
      assertThat(host.client().ensure(COMMIT, PENDING)).isFalse();
      assertThat(host.client().ensure(COMMIT, DONE)).isTrue();
      assertThat(host.client().ensure(COMMIT, DONE)).isFalse();

      assertThat(host.played().statuses(COMMIT.id())).hasSize(2).extracting(PlayedGitHostApi.Status::context).containsOnly("offshoot");
      assertThat(host.played().statuses(COMMIT.id()).getFirst()).satisfies(newest -> {
        assertThat(newest.line()).isEqualTo("done");
        assertThat(newest.link()).isEqualTo("https://reports.example.com/1");
        assertThat(newest.state().toLowerCase(Locale.ROOT)).startsWith("succe");
      });
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aStatusThatWaitsMayBeToldToWaitInOtherWords(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      GitHostApi client = host.client();
      client.ensure(COMMIT, PENDING);
      client.ensure(COMMIT, new CommitStatus(State.PENDING, "further on", Optional.empty()));
      client.ensure(COMMIT, new CommitStatus(State.FAILURE, "failed", Optional.empty()));
      client.ensure(COMMIT, PENDING);

      assertThat(host.played().statuses(COMMIT.id()).getFirst().line()).isEqualTo("under way");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aTokenThatIsNotKnownOrMayNotWriteIsSaidAndNotShown(GitHostName name) {
    try (PlayedHost host = PlayedHost.start(name)) {
      long number = host.played().open("feature/x");
      Failure unknown = failure(() -> host.client("canary-another-token", PlayedHost.PATIENT).changes("feature/x"));
      assertThat(unknown.kind()).isEqualTo(Failure.Kind.DENIED);
      assertThat(unknown).hasMessageContaining("feedback.token").hasMessageNotContaining("canary");

      GitHostApi readOnly = host.client(host.played().readOnlyToken(), PlayedHost.PATIENT);
      for (Call call : List.<Call>of(() -> readOnly.write(new Change(number, true), "x"), () -> readOnly.ensure(COMMIT, DONE))) {
        Failure denied = failure(call);
        assertThat(denied.kind()).isEqualTo(Failure.Kind.DENIED);
        assertThat(denied).hasMessageContaining("docs/feedback.md").hasMessageNotContaining("canary");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aRepositoryThatTheHostDoesNotShowIsSaid(GitHostName name) {
    try (PlayedHost host = PlayedHost.start(name)) {
      URI elsewhere = URI.create(host.played().api() + "/nowhere");
      GitHostApi client = PlayedHost.client(host.repository(elsewhere, PlayedHost.TOKEN), PlayedHost.PATIENT);
      assertThat(failure(() -> client.changes("feature/x"))).hasMessageContaining("fullName").hasMessageContaining("feedback.api");
      assertThat(failure(() -> client.ensure(COMMIT, DONE)).kind().isTransient()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aHostThatWantsToBeLeftAloneIs(GitHostName name) {
    try (PlayedHost host = PlayedHost.start(name)) {
      GitHostApi client = host.client();
      host.played().misbehave(Mischief.THROTTLED);
      Failure throttled = failure(() -> client.changes("feature/x"));
      assertThat(throttled.kind()).isEqualTo(Failure.Kind.BUSY);
      assertThat(throttled.pause()).isEqualTo(Duration.ofSeconds(7));

      int calls = host.played().calls().size();
      Failure left = failure(() -> client.ensure(COMMIT, DONE));
      assertThat(left.pause()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(7));
      assertThat(host.played().calls()).hasSize(calls);

      host.played().misbehave(Mischief.USED_UP);
      assertThat(failure(() -> host.client().changes("feature/x"))).satisfies(used -> {
        assertThat(used.kind()).isEqualTo(Failure.Kind.BUSY);
        assertThat(used.pause()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(6));
      });
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void whatMayPassIsTransientAndARedirectIsNot(GitHostName name) {
    try (PlayedHost host = PlayedHost.start(name)) {
      for (Mischief mischief : List.of(Mischief.OUT_OF_ORDER, Mischief.HALF_AN_ANSWER)) {
        host.played().misbehave(mischief);
        assertThat(failure(() -> host.client().changes("feature/x")).kind()).as(mischief.name()).isEqualTo(Failure.Kind.UNAVAILABLE);
      }
      host.played().misbehave(Mischief.HANGS);
      RestLimits hurried = new RestLimits(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMinutes(1), 1 << 20);
      GitHostApi client = host.client(PlayedHost.TOKEN, hurried);
      assertThat(failure(() -> client.changes("feature/x"))).hasMessageContaining("did not answer");
      assertThat(failure(() -> client.changes("feature/x"))).hasMessageContaining("left alone");

      host.played().misbehave(Mischief.SENDS_ELSEWHERE);
      assertThat(failure(() -> host.client().changes("feature/x")).kind()).isEqualTo(Failure.Kind.INVALID);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void anAnswerThatIsTooLargeIsNotRead(GitHostName name) {
    try (PlayedHost host = PlayedHost.start(name)) {
      Change change = new Change(host.played().open("feature/x"), true);
      host.played().say(change.number(), "somebody", "x".repeat(20_000));
      RestLimits small = new RestLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ZERO, 10_000);
      assertThat(failure(() -> host.client(PlayedHost.TOKEN, small).comments(change)).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aHostThatIsDownIsWaitedFor(GitHostName name) {
    try (PlayedHost host = PlayedHost.start(name)) {
      URI nobody = URI.create("http://127.0.0.1:" + FreePorts.choose());
      GitHostApi client = PlayedHost.client(host.repository(nobody, PlayedHost.TOKEN), PlayedHost.PATIENT);
      assertThat(failure(() -> client.changes("feature/x")).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    }
  }

  private interface Call {
    void make() throws InterruptedException;
  }

  private static Failure failure(Call call) {
    Failure failure = catchThrowableOfType(Failure.class, call::make);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }
}
