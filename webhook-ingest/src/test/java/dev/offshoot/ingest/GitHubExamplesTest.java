package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.event.Request;

/** Payloads that GitHub publishes as examples. */
class GitHubExamplesTest {
  private static final HostFixture HOST = HostFixtures.GITHUB;

  @Test
  void aPushThatCreatesABranchIsUnderstood() {
    assertThat(HOST.requests("push-branch", "push")).containsExactly(new Request.BranchPushed(HostFixture.origin("master"),
        new Commit("6113728f27ae82c7b1a177c8d03f9e96e0adf246"), true, false, "Codertocat"));
  }

  @Test
  void theEndOfATagIsIgnored() {
    assertThat(HOST.ignored("push-tag-deleted", "push")).isEqualTo("a tag gets no environment");
  }

  @Test
  void aCloseWithoutAMergeIsUnderstood() {
    assertThat(HOST.requests("pull_request-closed", "pull_request"))
        .containsExactly(new Request.ChangeClosed(HostFixture.origin("changes"), 2, "Codertocat"));
  }

  @Test
  void anotherLabelIsUnderstood() {
    assertThat(HOST.requests("pull_request-labeled", "pull_request")).containsExactly(new Request.ChangeUpdated(
        HostFixture.origin("changes"), new Commit("ec26c3e57ca3a959ca5aad62de7213c562f8c821"), GitRef.ofBranch("master"), 2,
        Set.of("bug"), "Codertocat"));
  }

  @Test
  void aPingOfAnotherRepositoryIsRefused() {
    assertThat(HOST.answered(HOST.body("ping"), "ping").verdict()).isEqualTo(Verdict.WRONG_REPOSITORY);
  }
}
