package dev.offshoot.reporter.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offshoot.config.FeedbackConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.embedded.githost.Mischief;
import dev.offshoot.embedded.githost.PlayedGitHostApi;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.reporter.feedback.host.Change;
import dev.offshoot.reporter.feedback.host.CommitStatus;
import dev.offshoot.worker.Failure;

class TellerTest {
  private static final String BRANCH = "feature/x";
  private static final EnvironmentId ENVIRONMENT = EnvironmentId.of(PlayedHost.SHOP, GitRef.ofBranch(BRANCH));
  private static final Commit COMMIT = new Commit("4f1d2c3b5a69788796a5b4c3d2e1f00112233445");

  private static Telling telling(String words) {
    return telling(words, true);
  }

  private static Telling telling(String words, boolean begins) {
    CommitStatus status = new CommitStatus(CommitStatus.State.SUCCESS, words, Optional.empty());
    return new Telling(BRANCH, Optional.of(new Telling.Told(COMMIT, status)), CommentText.marker(ENVIRONMENT) + "\n\n" + words + "\n", begins);
  }

  private static List<String> ours(PlayedHost host, long change) {
    return host.played().comments(change).stream().filter(said -> said.author().equals(PlayedGitHostApi.ACCOUNT))
        .map(PlayedGitHostApi.Said::text).toList();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aCommentIsWrittenOnceAndKeptUpToDateByWhoeverComesLater(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      long change = host.played().open(BRANCH);

      assertThat(host.teller().tell(ENVIRONMENT, telling("one"))).isTrue();
      assertThat(host.teller().tell(ENVIRONMENT, telling("two"))).isTrue();
      int calls = host.played().calls().size();
      assertThat(host.teller().tell(ENVIRONMENT, telling("two"))).isFalse();

      assertThat(ours(host, change)).singleElement().asString().contains("two");
      assertThat(host.played().calls().subList(calls, host.played().calls().size())).allMatch(call -> call.startsWith("GET "));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void whoDiesBetweenWritingAndHearingOfItLeavesOneComment(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      long change = host.played().open(BRANCH);
      Teller comments = new Teller(host.client(), new FeedbackConfig.Told(true, false));
      for (Mischief mischief : List.of(Mischief.LOST_ANSWER, Mischief.HALF_AN_ANSWER)) {
        host.played().misbehaveAtNextWrite(mischief);
        Failure failure = catchThrowableOfType(Failure.class, () -> comments.tell(ENVIRONMENT, telling(mischief.name())));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        host.teller().tell(ENVIRONMENT, telling(mischief.name()));
      }

      assertThat(ours(host, change)).singleElement().asString().contains("HALF_AN_ANSWER");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void whatSomebodyElseWroteUnderOurMarkerIsNotTouched(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      long change = host.played().open(BRANCH);
      String forged = CommentText.marker(ENVIRONMENT) + "\n\nall is well";
      host.played().say(change, "mallory", forged);
      host.teller().tell(ENVIRONMENT, telling("one"));
      host.teller().tell(ENVIRONMENT, telling("two"));

      assertThat(host.played().comments(change)).hasSize(2).first().extracting(PlayedGitHostApi.Said::text).isEqualTo(forged);
      assertThat(ours(host, change)).singleElement().asString().contains("two");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERIC")
  void aClosedChangeIsNotBegunWithButWhatStandsThereIsKeptUpToDate(GitHostName name) throws Exception {
    try (PlayedHost host = PlayedHost.start(name)) {
      long silent = host.played().open(BRANCH);
      host.played().merge(silent);
      host.teller().tell(ENVIRONMENT, telling("one"));
      long change = host.played().open(BRANCH);
      host.teller().tell(ENVIRONMENT, telling("end", false));
      assertThat(host.played().comments(change)).isEmpty();
      host.teller().tell(ENVIRONMENT, telling("two"));
      host.played().merge(change);
      host.teller().tell(ENVIRONMENT, telling("end", false));
      assertThat(ours(host, change)).singleElement().asString().contains("end");
      host.teller().tell(ENVIRONMENT, telling("back"));

      assertThat(ours(host, change)).singleElement().asString().contains("back");
      assertThat(host.played().comments(silent)).isEmpty();
    }
  }

  @Test
  void withoutAChangeOnlyTheStatusIsTold() throws Exception {
    try (PlayedHost host = PlayedHost.start(GitHostName.GITHUB)) {
      host.teller().tell(ENVIRONMENT, telling("one"));
      assertThat(host.played().statuses(COMMIT.id())).hasSize(1);
    }
  }

  @Test
  void whatIsTurnedOffIsNotTold() throws Exception {
    try (PlayedHost host = PlayedHost.start(GitHostName.GITHUB)) {
      long change = host.played().open(BRANCH);
      new Teller(host.client(), new FeedbackConfig.Told(false, true)).tell(ENVIRONMENT, telling("one"));
      assertThat(host.played().comments(change)).isEmpty();
      new Teller(host.client(), new FeedbackConfig.Told(true, false)).tell(ENVIRONMENT, telling("two"));
      assertThat(host.played().statuses(COMMIT.id())).hasSize(1).first().extracting(PlayedGitHostApi.Status::line).isEqualTo("one");
      assertThat(ours(host, change)).hasSize(1);
    }
  }

  @Test
  void ofTwoCommentsThatRacedOneStays() throws Exception {
    try (PlayedHost host = PlayedHost.start(GitHostName.GITHUB)) {
      Change change = new Change(host.played().open(BRANCH), true);
      host.client().write(change, telling("a").comment());
      host.client().write(change, telling("b").comment());
      host.client().write(change, "something else that the account says");
      host.teller().tell(ENVIRONMENT, telling("c"));
      assertThat(host.teller().tell(ENVIRONMENT, telling("c"))).isFalse();

      assertThat(ours(host, change.number())).containsExactly(telling("c").comment(), CommentText.elsewhere(ENVIRONMENT),
          "something else that the account says");
    }
  }
}
