package dev.offshoot.ingest.github;

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
import dev.offshoot.ingest.delivery.HubSignature;
import dev.offshoot.ingest.delivery.MalformedDelivery;
import dev.offshoot.ingest.delivery.Outgoing;
import dev.offshoot.ingest.delivery.Payload;
import dev.offshoot.ingest.delivery.PullRequest;

/**
 * GitHub, as docs.github.com documents its webhooks. A {@code push} says all about branches, also their end
 * ({@code deleted}), so {@code create} and {@code delete} are ignored.
 */
public final class GitHub implements GitHost {
  private static final HubSignature SIGNATURE = new HubSignature("X-Hub-Signature-256");

  @Override
  public boolean authentic(Headers headers, byte[] body, List<Secret> secrets) {
    return SIGNATURE.fits(headers, body, secrets);
  }

  @Override
  public Optional<String> deliveryId(Headers headers) {
    return headers.first("X-GitHub-Delivery");
  }

  @Override
  public Optional<String> repository(Payload body) {
    return body.optionalObject("repository").map(repository -> repository.text("full_name"));
  }

  @Override
  public Delivery read(Headers headers, Payload body, RepositoryConfig repository) {
    String event = headers.first("X-GitHub-Event").orElseThrow(() -> new MalformedDelivery(
        "The header X-GitHub-Event is missing. Is this hook's 'host' in the configuration the one that sends?"));
    return switch (event) {
      case "push" -> push(body, repository);
      case "pull_request" -> PullRequest.read(body, repository, head -> head.branch("ref"));
      case "ping" -> new Delivery.Ignored("a ping: the webhook works");
      case "create", "delete" -> new Delivery.Ignored("the push says when a branch begins or ends");
      default -> new Delivery.Ignored(
          "only push and pull_request events are used: deselect the others at the git host");
    };
  }

  private static Delivery push(Payload body, RepositoryConfig repository) {
    GitRef ref = body.ref("ref");
    Optional<Commit> after = body.optionalCommit("after");
    boolean deleted = body.flag("deleted") || after.isEmpty();
    String actor = body.object("pusher").actor("name");
    return Branches.delivery(repository, ref, origin -> deleted
        ? new Request.BranchDeleted(origin, actor)
        : new Request.BranchPushed(origin, body.commit("after"), body.flag("created"), body.flag("forced"), actor));
  }

  @Override
  public Outgoing deletion(RepositoryConfig repository, GitRef branch, DeliveryId id) {
    ObjectNode body = Outgoing.object().put("ref", branch.name())
        .put("before", Outgoing.A_COMMIT).put("after", Outgoing.NO_COMMIT)
        .put("created", false).put("deleted", true).put("forced", false);
    body.putObject("pusher").put("name", Outgoing.ACTOR);
    body.putObject("repository").put("full_name", repository.fullName());
    return Outgoing.of(body, bytes -> Map.of("X-GitHub-Event", "push", "X-GitHub-Delivery", id.value(),
        SIGNATURE.header(), HubSignature.of(bytes, repository.secrets().getFirst())));
  }
}
