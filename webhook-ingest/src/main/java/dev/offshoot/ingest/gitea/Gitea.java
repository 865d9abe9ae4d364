package dev.offshoot.ingest.gitea;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.event.Request;
import dev.offshoot.ingest.delivery.Branches;
import dev.offshoot.ingest.delivery.Delivery;
import dev.offshoot.ingest.delivery.DeliveryId;
import dev.offshoot.ingest.delivery.GitHost;
import dev.offshoot.ingest.delivery.Headers;
import dev.offshoot.ingest.delivery.HmacSha256;
import dev.offshoot.ingest.delivery.HubSignature;
import dev.offshoot.ingest.delivery.MalformedDelivery;
import dev.offshoot.ingest.delivery.Outgoing;
import dev.offshoot.ingest.delivery.Payload;
import dev.offshoot.ingest.delivery.PullRequest;

/**
 * Gitea and Forgejo. What real deliveries showed: a new branch is a {@code create} and a {@code push} from
 * zeros; the end of a branch is only a {@code delete} with its short name; the end of a tag is a {@code push}
 * to zeros as well; nothing says that a push was forced.
 */
public final class Gitea implements GitHost {
  private static final HubSignature OF_GITHUB = new HubSignature("X-Hub-Signature-256");

  @Override
  public boolean authentic(Headers headers, byte[] body, List<Secret> secrets) {
    Optional<String> hex = headers.first("X-Forgejo-Signature")
        .or(() -> headers.first("X-Gitea-Signature"))
        .or(() -> OF_GITHUB.hex(headers));
    return HmacSha256.signed(hex, body, secrets);
  }

  @Override
  public Optional<String> deliveryId(Headers headers) {
    return headers.first("X-Forgejo-Delivery").or(() -> headers.first("X-Gitea-Delivery"));
  }

  @Override
  public Optional<String> repository(Payload body) {
    return body.optionalObject("repository").map(repository -> repository.text("full_name"));
  }

  @Override
  public Delivery read(Headers headers, Payload body, RepositoryConfig repository) {
    String event = headers.first("X-Forgejo-Event").or(() -> headers.first("X-Gitea-Event")).orElseThrow(
        () -> new MalformedDelivery("The headers X-Forgejo-Event and X-Gitea-Event are missing. "
            + "Is this hook's 'host' in the configuration the one that sends?"));
    return switch (event) {
      case "push" -> push(body, repository);
      case "delete" -> delete(body, repository);
      case "pull_request" -> PullRequest.read(body, repository, Gitea::headBranch);
      case "create" -> new Delivery.Ignored("the push says when a branch begins");
      default -> new Delivery.Ignored(
          "only push, delete and pull_request events are used: deselect the others at the git host");
    };
  }

  private static Delivery push(Payload body, RepositoryConfig repository) {
    GitRef ref = body.ref("ref");
    boolean created = body.optionalCommit("before").isEmpty();
    Optional<Commit> after = body.optionalCommit("after");
    String actor = body.object("pusher").actor("login");
    return Branches.delivery(repository, ref, origin -> after
        .<Request>map(commit -> new Request.BranchPushed(origin, commit, created, false, actor))
        .orElseGet(() -> new Request.BranchDeleted(origin, actor)));
  }

  private static Delivery delete(Payload body, RepositoryConfig repository) {
    if (!body.text("ref_type").equals("branch")) {
      return new Delivery.Ignored("a tag gets no environment");
    }
    String actor = body.object("sender").actor("login");
    return Branches.delivery(repository, body.branch("ref"), origin -> new Request.BranchDeleted(origin, actor));
  }

  /** {@code ref} becomes {@code refs/pull/N/head} once the branch is gone; {@code label} stays the branch's name. */
  private static GitRef headBranch(Payload head) {
    return head.text("ref").startsWith("refs/pull/") ? head.branch("label") : head.branch("ref");
  }

  @Override
  public Outgoing deletion(RepositoryConfig repository, GitRef branch, DeliveryId id) {
    ObjectNode body = Outgoing.object().put("ref", branch.branch()).put("ref_type", "branch");
    body.putObject("repository").put("full_name", repository.fullName());
    body.putObject("sender").put("login", Outgoing.ACTOR);
    return Outgoing.of(body, bytes -> Map.of("X-Gitea-Event", "delete", "X-Gitea-Delivery", id.value(),
        "X-Gitea-Signature", HmacSha256.hex(bytes, repository.secrets().getFirst())));
  }
}
