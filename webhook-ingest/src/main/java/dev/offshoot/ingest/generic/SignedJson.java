package dev.offshoot.ingest.generic;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.event.Request;
import dev.offshoot.ingest.delivery.Branches;
import dev.offshoot.ingest.delivery.ChangeEvent;
import dev.offshoot.ingest.delivery.Delivery;
import dev.offshoot.ingest.delivery.DeliveryId;
import dev.offshoot.ingest.delivery.GitHost;
import dev.offshoot.ingest.delivery.Headers;
import dev.offshoot.ingest.delivery.Outgoing;
import dev.offshoot.ingest.delivery.Payload;
import dev.offshoot.ingest.delivery.StandardWebhooks;

/**
 * JSON that docs/git-hosts/generic.schema.json describes, signed by Standard Webhooks: for a git host of one's own, a hook script, a
 * mirror. What changed is said as git's own hooks say it: a ref with the commit before and after, zeros for none.
 */
public final class SignedJson implements GitHost {
  private final StandardWebhooks signature;

  public SignedJson(StandardWebhooks signature) {
    this.signature = signature;
  }

  @Override
  public boolean authentic(Headers headers, byte[] body, List<Secret> secrets) {
    return signature.signed(headers, body, secrets);
  }

  @Override
  public Optional<String> deliveryId(Headers headers) {
    return headers.first(StandardWebhooks.ID);
  }

  @Override
  public Optional<String> repository(Payload body) {
    return body.optionalObject("data").flatMap(data -> data.optionalText("repository"));
  }

  @Override
  public Delivery read(Headers headers, Payload body, RepositoryConfig repository) {
    return switch (body.text("type")) {
      case "refs.changed" -> refs(body.object("data"), repository);
      case "change.updated" -> change(body.object("data"), repository, ChangeEvent.UPDATED);
      case "change.merged" -> change(body.object("data"), repository, ChangeEvent.MERGED);
      case "change.closed" -> change(body.object("data"), repository, ChangeEvent.CLOSED);
      case "ping" -> new Delivery.Ignored("a ping: the webhook works");
      default -> new Delivery.Ignored("only refs.changed, change.updated, change.merged, change.closed and ping are known types");
    };
  }

  private static Delivery refs(Payload data, RepositoryConfig repository) {
    String actor = data.actor("actor");
    return Branches.together(data.objects("refs"), data.optionalFlag("truncated"), ref -> {
      boolean created = ref.optionalCommit("before").isEmpty();
      boolean forced = ref.optionalFlag("forced");
      Optional<Commit> after = ref.optionalCommit("after");
      return Branches.delivery(repository, ref.ref("ref"), origin -> after
          .<Request>map(commit -> new Request.BranchPushed(origin, commit, created, forced, actor))
          .orElseGet(() -> new Request.BranchDeleted(origin, actor)));
    });
  }

  private static Delivery change(Payload data, RepositoryConfig repository, ChangeEvent event) {
    if (data.optionalText("source").filter(source -> !source.equals(repository.fullName())).isPresent()) {
      return ChangeEvent.ofAFork();
    }
    long number = data.number("number");
    String actor = data.actor("actor");
    return Branches.delivery(repository, data.ref("ref"), origin -> switch (event) {
      case UPDATED -> new Request.ChangeUpdated(origin, data.commit("head"), data.ref("target"), number,
          data.labels("labels", Optional.empty()), actor);
      case MERGED -> new Request.ChangeMerged(origin, data.commit("head"), data.ref("target"), number, actor);
      case CLOSED -> new Request.ChangeClosed(origin, number, actor);
    });
  }

  @Override
  public Outgoing deletion(RepositoryConfig repository, GitRef branch, DeliveryId id) {
    ObjectNode body = Outgoing.object().put("type", "refs.changed");
    ObjectNode data = body.putObject("data").put("repository", repository.fullName()).put("actor", Outgoing.ACTOR);
    data.putArray("refs").addObject().put("ref", branch.name()).put("before", Outgoing.A_COMMIT).put("after", Outgoing.NO_COMMIT);
    return Outgoing.of(body, bytes -> signature.sign(id.value(), bytes, repository.secrets().getFirst()));
  }
}
