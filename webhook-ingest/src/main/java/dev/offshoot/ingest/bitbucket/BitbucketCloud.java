package dev.offshoot.ingest.bitbucket;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
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
 * Bitbucket Cloud, as its page "Event payloads" documents it. One push may move many refs, each with its state before ({@code old})
 * and after ({@code new}). Which event it is stands in a header that no signature covers, so a change's state must say the same.
 * Commits of a change are cut to twelve digits, and a change has no labels, so nothing is made of one that is opened. Payloads over
 * 256 KB are never sent.
 */
public final class BitbucketCloud implements GitHost {
  private static final String EVENT = "X-Event-Key";
  private static final String ID = "X-Request-UUID";
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
    return body.optionalObject("repository").map(repository -> repository.text("full_name"));
  }

  @Override
  public Delivery read(Headers headers, Payload body, RepositoryConfig repository) {
    String event = headers.first(EVENT).orElseThrow(() -> new MalformedDelivery(
        "The header X-Event-Key is missing. Is this hook's 'host' in the configuration the one that sends?"));
    return switch (event) {
      case "repo:push" -> push(body, repository);
      case "pullrequest:fulfilled" -> change(body, repository, true);
      case "pullrequest:rejected" -> change(body, repository, false);
      default -> new Delivery.Ignored("only pushes, merges and declines are used: deselect the others at the git host");
    };
  }

  private static Delivery push(Payload body, RepositoryConfig repository) {
    String actor = actor(body);
    List<Payload> changes = body.object("push").objects("changes");
    boolean partial = changes.stream().anyMatch(change -> change.optionalFlag("truncated"));
    return Branches.together(changes, partial, change -> change(change, repository, actor));
  }

  private static Delivery change(Payload change, RepositoryConfig repository, String actor) {
    Optional<Payload> after = change.optionalObject("new");
    Payload ref = after.orElseGet(() -> change.object("old"));
    if (!ref.text("type").endsWith("branch")) {
      return new Delivery.Ignored("a tag gets no environment");
    }
    return Branches.delivery(repository, ref.branch("name"), origin -> after
        .<Request>map(is -> new Request.BranchPushed(origin, is.object("target").commit("hash"),
            change.optionalFlag("created"), change.optionalFlag("forced"), actor))
        .orElseGet(() -> new Request.BranchDeleted(origin, actor)));
  }

  private static Delivery change(Payload body, RepositoryConfig repository, boolean merged) {
    Payload change = body.object("pullrequest");
    if (!change.text("state").equals(merged ? "MERGED" : "DECLINED")) {
      throw new MalformedDelivery("$.pullrequest.state is not what the header X-Event-Key says. Send the delivery as the git host made it.");
    }
    Payload source = change.object("source");
    Optional<Payload> from = source.optionalObject("repository");
    if (from.isEmpty() || !from.get().text("full_name").equals(repository.fullName())) {
      return ChangeEvent.ofAFork();
    }
    long number = change.number("id");
    String actor = actor(body);
    return Branches.delivery(repository, source.object("branch").branch("name"), origin -> merged
        ? new Request.ChangeMerged(origin, source.object("commit").commitPrefix("hash"),
            change.object("destination").object("branch").branch("name"), number, actor)
        : new Request.ChangeClosed(origin, number, actor));
  }

  private static String actor(Payload body) {
    return body.object("actor").actorOf("nickname", "display_name", "username");
  }

  @Override
  public Outgoing deletion(RepositoryConfig repository, GitRef branch, DeliveryId id) {
    ObjectNode body = Outgoing.object();
    body.putObject("actor").put("nickname", Outgoing.ACTOR);
    body.putObject("repository").put("full_name", repository.fullName());
    ObjectNode change = body.putObject("push").putArray("changes").addObject()
        .put("created", false).put("closed", true).put("forced", false).putNull("new");
    change.putObject("old").put("type", "branch").put("name", branch.branch()).putObject("target").put("hash", Outgoing.A_COMMIT);
    return Outgoing.of(body, bytes -> Map.of(EVENT, "repo:push", ID, id.value(),
        SIGNATURE.header(), HubSignature.of(bytes, repository.secrets().getFirst())));
  }
}
