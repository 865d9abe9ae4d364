package dev.offshoot.ingest.bitbucket;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
import dev.offshoot.ingest.delivery.HubSignature;
import dev.offshoot.ingest.delivery.MalformedDelivery;
import dev.offshoot.ingest.delivery.Outgoing;
import dev.offshoot.ingest.delivery.Payload;

/**
 * Bitbucket Data Center, as its page "Event payload" documents it. One push may move many refs. A repository is the key of its project
 * and its slug. What an event is stands in the body too ({@code eventKey}), which the signature covers; only of a test of the
 * connection, whose body is nearly empty, it is the header that counts. A pull request has no labels.
 */
public final class BitbucketDataCenter implements GitHost {
  private static final String EVENT = "X-Event-Key";
  private static final String ID = "X-Request-Id";
  private static final HubSignature SIGNATURE = new HubSignature("X-Hub-Signature");

  @Override
  public boolean authentic(Headers headers, byte[] body, List<Secret> secrets) {
    return SIGNATURE.fits(headers, body, secrets);
  }

  @Override
  public Optional<String> deliveryId(Headers headers) {
    return headers.first(ID);
  }

  @Override
  public Optional<String> repository(Payload body) {
    return body.optionalObject("repository")
        .or(() -> body.optionalObject("pullRequest").map(change -> change.object("toRef").object("repository")))
        .map(BitbucketDataCenter::fullName);
  }

  private static String fullName(Payload repository) {
    return repository.object("project").text("key") + '/' + repository.text("slug");
  }

  @Override
  public Delivery read(Headers headers, Payload body, RepositoryConfig repository) {
    String event = body.optionalText("eventKey").or(() -> headers.first(EVENT)).orElseThrow(() -> new MalformedDelivery(
        "$.eventKey is missing. Is this hook's 'host' in the configuration the one that sends?"));
    return switch (event) {
      case "repo:refs_changed" -> push(body, repository);
      case "pr:opened", "pr:from_ref_updated" -> change(body, repository, ChangeEvent.UPDATED);
      case "pr:merged" -> change(body, repository, ChangeEvent.MERGED);
      case "pr:declined", "pr:deleted" -> change(body, repository, ChangeEvent.CLOSED);
      case "diagnostics:ping" -> new Delivery.Ignored("a test of the connection: the webhook works");
      default -> new Delivery.Ignored("only pushes and what becomes of pull requests are used: deselect the others at the git host");
    };
  }

  private static Delivery push(Payload body, RepositoryConfig repository) {
    String actor = actor(body);
    return Branches.together(body.objects("changes"), false, change -> {
      boolean created = change.optionalCommit("fromHash").isEmpty();
      Optional<Commit> after = change.optionalCommit("toHash");
      return Branches.delivery(repository, change.object("ref").ref("id"), origin -> after
          .<Request>map(commit -> new Request.BranchPushed(origin, commit, created, false, actor))
          .orElseGet(() -> new Request.BranchDeleted(origin, actor)));
    });
  }

  private static Delivery change(Payload body, RepositoryConfig repository, ChangeEvent event) {
    Payload change = body.object("pullRequest");
    Payload from = change.object("fromRef");
    if (!fullName(from.object("repository")).equals(repository.fullName())) {
      return ChangeEvent.ofAFork();
    }
    long number = change.number("id");
    String actor = actor(body);
    return Branches.delivery(repository, from.ref("id"), origin -> switch (event) {
      case UPDATED -> new Request.ChangeUpdated(origin, from.commit("latestCommit"), change.object("toRef").ref("id"), number, Set.of(), actor);
      case MERGED -> new Request.ChangeMerged(origin, from.commit("latestCommit"), change.object("toRef").ref("id"), number, actor);
      case CLOSED -> new Request.ChangeClosed(origin, number, actor);
    });
  }

  private static String actor(Payload body) {
    return body.object("actor").actorOf("name", "slug", "displayName");
  }

  @Override
  public Outgoing deletion(RepositoryConfig repository, GitRef branch, DeliveryId id) {
    String[] name = repository.fullName().split("/", 2);
    ObjectNode body = Outgoing.object().put("eventKey", "repo:refs_changed");
    body.putObject("actor").put("name", Outgoing.ACTOR);
    body.putObject("repository").put("slug", name[1]).putObject("project").put("key", name[0]);
    ObjectNode change = body.putArray("changes").addObject().put("type", "DELETE")
        .put("fromHash", Outgoing.A_COMMIT).put("toHash", Outgoing.NO_COMMIT);
    change.putObject("ref").put("id", branch.name()).put("type", "BRANCH");
    return Outgoing.of(body, bytes -> Map.of(EVENT, "repo:refs_changed", ID, id.value(),
        SIGNATURE.header(), HubSignature.of(bytes, repository.secrets().getFirst())));
  }
}
