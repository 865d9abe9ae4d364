package dev.offshoot.ingest;

import static dev.offshoot.ingest.HostFixture.BRANCH;
import static dev.offshoot.ingest.HostFixture.ODD;
import static dev.offshoot.ingest.HostFixture.TIP;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.environment.GitRef;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

class AzureDevOpsDeliveriesTest {
  private static final HostFixture HOST = HostFixtures.AZURE_DEVOPS;
  private static final String KIM = "kim@example.test";

  @Test
  void aPushACreationAndADeletionAreToldApartByTheirZeros() {
    assertThat(requests("push")).containsExactly(new Request.BranchPushed(HostFixture.origin(BRANCH), TIP, false, false, KIM));
    assertThat(requests("push-created")).containsExactly(new Request.BranchPushed(HostFixture.origin(BRANCH), TIP, true, false, KIM));
    assertThat(requests("push-deleted")).containsExactly(new Request.BranchDeleted(HostFixture.origin(BRANCH), KIM));
  }

  @Test
  void onePushOfManyRefsBecomesARequestForEachBranchThatCanHaveAnEnvironment() {
    assertThat(requests("push-many")).containsExactly(
        new Request.BranchPushed(HostFixture.origin(BRANCH), TIP, true, false, KIM),
        new Request.BranchDeleted(HostFixture.origin("fix/ünï-#2"), KIM),
        new Request.BranchPushed(HostFixture.origin("squash/me"), ODD, false, false, KIM));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pullrequest-merged", "pullrequest-completed"})
  void aCompletedChangeIsMerged(String fixture) {
    assertThat(requests(fixture))
        .containsExactly(new Request.ChangeMerged(HostFixture.origin(BRANCH), TIP, GitRef.ofBranch("main"), 7, KIM));
  }

  @Test
  void anAbandonedChangeIsClosed() {
    assertThat(requests("pullrequest-abandoned")).containsExactly(new Request.ChangeClosed(HostFixture.origin(BRANCH), 7, KIM));
  }

  @Test
  void anAttemptToMergeIsNoMerge() {
    assertThat(requests("pullrequest-merge-attempted")).hasOnlyElementsOfType(Request.ChangeUpdated.class);
    assertThat(HOST.ignored("pullrequest-conflicts", "")).startsWith("of a change only its opening");
  }

  @Test
  void anOpenedChangeHasItsLabels() {
    assertThat(requests("pullrequest-created")).containsExactly(
        new Request.ChangeUpdated(HostFixture.origin(BRANCH), TIP, HostFixture.MAIN, 7, Set.of("environment", "old"), KIM));
  }

  @ParameterizedTest
  @CsvSource({"push-tag,a tag gets no environment", "push-default,the default branch gets no environment",
      "pullrequest-fork-merged,'the change comes from a fork, whose branches get no environment'"})
  void whatGetsNoEnvironmentIsIgnored(String fixture, String reason) {
    assertThat(HOST.ignored(fixture, "")).isEqualTo(reason);
  }

  @Test
  void theSameBodyIsTheSameDeliveryAndAnotherBodyIsAnother() {
    assertThat(ids("push")).isEqualTo(ids("push")).isNotEqualTo(ids("push-created"));
  }

  static Stream<Map<String, String>> logins() {
    String secret = TestConfig.SECRET.reveal();
    return Stream.of(Map.of("Authorization", HostFixtures.basic("kim:" + secret)), Map.of("Authorization", HostFixtures.basic(":" + secret)),
        Map.of("authorization", HostFixtures.basic("kim:" + secret).replace("Basic", "basic")), Map.of("X-Offshoot-Secret", secret));
  }

  @ParameterizedTest
  @MethodSource("logins")
  void theSecretIsThePasswordOrAHeader(Map<String, String> headers) {
    assertThat(HOST.read(headers, bytes())).isInstanceOf(DeliveryReader.Reading.Publish.class);
  }

  static Stream<Map<String, String>> strangers() {
    String secret = TestConfig.SECRET.reveal();
    return Stream.of(Map.of(), Map.of("Authorization", secret), Map.of("Authorization", "Bearer " + secret),
        Map.of("Authorization", "Basic !!!"), Map.of("Authorization", HostFixtures.basic(secret)),
        Map.of("Authorization", HostFixtures.basic(secret + ":")), Map.of("Authorization", HostFixtures.basic("kim:guess")),
        Map.of("X-Offshoot-Secret", secret + " "));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void whoDoesNotSendTheSecretIsRefused(Map<String, String> headers) {
    assertThat(HOST.read(headers, bytes())).isInstanceOfSatisfying(DeliveryReader.Reading.Answered.class,
        answered -> assertThat(answered.answer().verdict()).isEqualTo(Verdict.UNAUTHENTIC));
  }

  private static byte[] bytes() {
    return HOST.body("push").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<Request> requests(String fixture) {
    return HOST.requests(fixture, "");
  }

  private static List<String> ids(String fixture) {
    return HOST.messages(HOST.body(fixture), "").stream().map(Message::id).map(Object::toString).toList();
  }
}
