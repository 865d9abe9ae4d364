package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offshoot.config.GitHostName;
import dev.offshoot.environment.GitRef;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

/**
 * Whoever has a hook's secret may send anything: every parser answers it, and asks for nothing that it may not ask. {@code
 * -Dfuzz.mutants=1000000} makes more of each payload, {@code -Dfuzz.seed=2} others.
 */
class MutatedPayloadsTest {
  private static final int MUTANTS = Integer.getInteger("fuzz.mutants", 150);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final HostFixture GITEA = new HostFixture(
      GitHostName.GITEA, "gitea", "spiker/shop", (hint, body) -> Sender.giteaHeaders(hint, body));

  static Stream<Arguments> payloads() {
    return Stream.of(
        of(HostFixtures.GITLAB, "", "push", "push-created", "push-deleted", "tag", "merge-request-merged", "merge-request-closed",
            "merge-request-opened", "merge-request-labelled", "merge-request-fork-merged"),
        of(HostFixtures.BITBUCKET_CLOUD, "repo:push", "push-many", "push-deleted", "push-forced", "push-truncated"),
        of(HostFixtures.BITBUCKET_CLOUD, "pullrequest:fulfilled", "pullrequest-fulfilled", "pullrequest-fork-fulfilled"),
        of(HostFixtures.BITBUCKET_CLOUD, "pullrequest:rejected", "pullrequest-rejected"),
        of(HostFixtures.BITBUCKET_DATA_CENTER, "", "refs-changed-many", "pr-merged", "pr-declined", "pr-opened", "ping"),
        of(HostFixtures.AZURE_DEVOPS, "", "push-many", "pullrequest-merged", "pullrequest-completed", "pullrequest-abandoned",
            "pullrequest-created", "pullrequest-fork-merged"),
        of(HostFixtures.GENERIC, "", "refs-many", "change-merged", "change-closed", "change-updated", "ping"),
        of(HostFixtures.GITHUB, "push", "push-branch", "push-tag-deleted"),
        of(HostFixtures.GITHUB, "pull_request", "pull_request-closed", "pull_request-labeled"),
        Stream.of("04-push", "25-push").map(name -> Arguments.of(GITEA, "push", name, capture(name))),
        Stream.of("05-pull_request", "10-pull_request", "16-pull_request")
            .map(name -> Arguments.of(GITEA, "pull_request", name, capture(name))),
        Stream.of("12-delete").map(name -> Arguments.of(GITEA, "delete", name, capture(name)))).flatMap(each -> each);
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("payloads")
  void aMutantIsUnderstoodOrRefusedAndAsksOnlyForItsOwnBranches(HostFixture host, String hint, String name, ObjectNode payload) {
    for (int i = 0; i < MUTANTS; i++) {
      ObjectNode mutant = new Mutation(new SplittableRandom(SEED * 1_000_003 + i)).of(payload);
      String which = host.folder() + " " + name + " mutant " + i + " of seed " + SEED;
      switch (read(host, mutant, hint, which)) {
        case DeliveryReader.Reading.Answered answered -> assertThat(answered.answer().verdict()).as(which)
            .isIn(Verdict.IGNORED, Verdict.MALFORMED, Verdict.WRONG_REPOSITORY);
        case DeliveryReader.Reading.Publish publish -> assertProper(publish.messages(), which);
      }
    }
  }

  private static DeliveryReader.Reading read(HostFixture host, ObjectNode mutant, String hint, String which) {
    try {
      return host.read(mutant, hint);
    } catch (RuntimeException e) {
      throw new AssertionError(which + " is answered by an error of ours: " + mutant, e);
    }
  }

  private static void assertProper(List<Message> messages, String which) {
    assertThat(messages).as(which).isNotEmpty().doesNotHaveDuplicates().extracting(Message::id).doesNotHaveDuplicates();
    for (Message message : messages) {
      GitRef ref = ((Request) message.event()).origin().ref();
      assertThat(ref.isBranch() && !ref.branch().equals("main")).as(which + ": " + ref).isTrue();
    }
  }

  private static Stream<Arguments> of(HostFixture host, String hint, String... names) {
    return Stream.of(names).map(name -> Arguments.of(host, hint, name, host.body(name)));
  }

  private static ObjectNode capture(String name) {
    try {
      return (ObjectNode) new JsonMapper().readTree(Capture.gitea(name).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
