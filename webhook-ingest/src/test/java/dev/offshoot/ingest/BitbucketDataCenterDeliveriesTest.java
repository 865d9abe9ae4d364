package dev.offshoot.ingest;

import static dev.offshoot.ingest.HostFixture.BRANCH;
import static dev.offshoot.ingest.HostFixture.ODD;
import static dev.offshoot.ingest.HostFixture.TIP;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitbucketDataCenterDeliveriesTest {
  private static final HostFixture HOST = HostFixtures.BITBUCKET_DATA_CENTER;
  private static final String ANY = "what the header says does not count";

  @Test
  void aPushACreationAndADeletionAreToldApartByTheirZeros() {
    assertThat(HOST.requests("refs-changed", ANY)).containsExactly(HostFixture.pushed(BRANCH, TIP, false, false));
    assertThat(HOST.requests("refs-changed-created", ANY)).containsExactly(HostFixture.pushed(BRANCH, TIP, true, false));
    assertThat(HOST.requests("refs-changed-deleted", ANY)).containsExactly(HostFixture.deleted(BRANCH));
  }

  @Test
  void onePushOfManyRefsBecomesARequestForEachBranchThatCanHaveAnEnvironment() {
    assertThat(HOST.requests("refs-changed-many", ANY)).containsExactly(HostFixture.pushed(BRANCH, TIP, true, false),
        HostFixture.deleted("fix/ünï-#2"), HostFixture.pushed("squash/me", ODD, false, false));
  }

  @Test
  void aMergeIsAChangeMerged() {
    assertThat(HOST.requests("pr-merged", ANY)).containsExactly(HostFixture.merged());
  }

  @Test
  void anOpenedChangeHasNoLabels() {
    assertThat(HOST.requests("pr-opened", ANY)).containsExactly(HostFixture.updated());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pr-declined", "pr-deleted"})
  void aChangeThatIsDeclinedOrDeletedIsClosed(String fixture) {
    assertThat(HOST.requests(fixture, ANY)).containsExactly(HostFixture.closed());
  }

  @ParameterizedTest
  @CsvSource({"refs-changed-tag,a tag gets no environment", "refs-changed-default,the default branch gets no environment",
      "pr-fork-merged,'the change comes from a fork, whose branches get no environment'"})
  void whatGetsNoEnvironmentIsIgnored(String fixture, String reason) {
    assertThat(HOST.ignored(fixture, ANY)).isEqualTo(reason);
  }

  @Test
  void aTestOfTheConnectionIsAnswered() {
    assertThat(HOST.ignored("ping", "diagnostics:ping")).isEqualTo("a test of the connection: the webhook works");
  }

  @Test
  void aChangeIntoAnotherRepositoryIsRefused() {
    var merge = HOST.body("pr-merged");
    merge.withObject("/pullRequest/toRef/repository").put("slug", "other");

    assertThat(HOST.answered(merge, ANY).verdict()).isEqualTo(Verdict.WRONG_REPOSITORY);
  }
}
