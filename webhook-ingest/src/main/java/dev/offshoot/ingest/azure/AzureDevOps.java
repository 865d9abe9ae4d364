package dev.offshoot.ingest.azure;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
import dev.offshoot.ingest.delivery.ChangeEvent;
import dev.offshoot.ingest.delivery.Delivery;
import dev.offshoot.ingest.delivery.DeliveryId;
import dev.offshoot.ingest.delivery.GitHost;
import dev.offshoot.ingest.delivery.Headers;
import dev.offshoot.ingest.delivery.Outgoing;
import dev.offshoot.ingest.delivery.Payload;
import dev.offshoot.ingest.delivery.SharedSecret;

/**
 * Azure DevOps, as its page "Service hooks events" documents it. It signs nothing: its secret is the password of basic authentication,
 * whoever the user, or the header {@code X-Offshoot-Secret}. No header tells one delivery from another, so the body does.
 *
 * <p>The event "merged" says that a merge was attempted, so that a change is merged only if it is {@code completed} and its merge
 * {@code succeeded}. It is said twice, here and as an update.
 */
public final class AzureDevOps implements GitHost {
  private static final String HEADER = "X-Offshoot-Secret";
  private static final String AUTHORIZATION = "Authorization";
  private static final String BASIC = "Basic ";

  @Override
  public boolean authentic(Headers headers, byte[] body, List<Secret> secrets) {
    boolean password = SharedSecret.fits(headers.first(AUTHORIZATION).flatMap(AzureDevOps::password), secrets);
    return SharedSecret.fits(headers.first(HEADER), secrets) || password;
  }

  private static Optional<String> password(String header) {
    if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    try {
      String login = new String(Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
      int colon = login.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(login.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> deliveryId(Headers headers) {
    return Optional.empty();
  }

  @Override
  public Optional<String> repository(Payload body) {
    return body.optionalObject("resource").flatMap(resource -> resource.optionalObject("repository"))
        .map(repository -> repository.object("project").text("name") + '/' + repository.text("name"));
  }

  @Override
  public Delivery read(Headers headers, Payload body, RepositoryConfig repository) {
    return switch (body.text("eventType")) {
      case "git.push" -> push(body.object("resource"), repository);
      case "git.pullrequest.created", "git.pullrequest.updated", "git.pullrequest.merged" -> change(body.object("resource"), repository);
      default -> new Delivery.Ignored(
          "only pushes and what becomes of pull requests are used: remove the other subscriptions at the git host");
    };
  }

  private static Delivery push(Payload push, RepositoryConfig repository) {
    String actor = push.object("pushedBy").actorOf("uniqueName", "displayName");
    return Branches.together(push.objects("refUpdates"), false, update -> {
      boolean created = update.optionalCommit("oldObjectId").isEmpty();
      Optional<Commit> after = update.optionalCommit("newObjectId");
      return Branches.delivery(repository, update.ref("name"), origin -> after
          .<Request>map(commit -> new Request.BranchPushed(origin, commit, created, false, actor))
          .orElseGet(() -> new Request.BranchDeleted(origin, actor)));
    });
  }

  private static Delivery change(Payload change, RepositoryConfig repository) {
    Optional<ChangeEvent> event = event(change);
    if (event.isEmpty()) {
      return ChangeEvent.nothing();
    }
    if (change.optionalObject("forkSource").isPresent()) {
      return ChangeEvent.ofAFork();
    }
    long number = change.number("pullRequestId");
    String actor = change.optionalObject("closedBy").orElseGet(() -> change.object("createdBy")).actorOf("uniqueName", "displayName");
    return Branches.delivery(repository, change.ref("sourceRefName"), origin -> switch (event.get()) {
      case UPDATED -> new Request.ChangeUpdated(origin, head(change), change.ref("targetRefName"), number,
          change.labels("labels", Optional.of("name")), actor);
      case MERGED -> new Request.ChangeMerged(origin, head(change), change.ref("targetRefName"), number, actor);
      case CLOSED -> new Request.ChangeClosed(origin, number, actor);
    });
  }

  private static Optional<ChangeEvent> event(Payload change) {
    boolean succeeded = change.optionalText("mergeStatus").filter("succeeded"::equals).isPresent();
    return switch (change.text("status")) {
      case "completed" -> succeeded ? Optional.of(ChangeEvent.MERGED) : Optional.empty();
      case "abandoned" -> Optional.of(ChangeEvent.CLOSED);
      case "active" -> Optional.of(ChangeEvent.UPDATED);
      default -> Optional.empty();
    };
  }

  private static Commit head(Payload change) {
    return change.object("lastMergeSourceCommit").commit("commitId");
  }

  @Override
  public Outgoing deletion(RepositoryConfig repository, GitRef branch, DeliveryId id) {
    String[] name = repository.fullName().split("/", 2);
    ObjectNode body = Outgoing.object().put("id", id.value()).put("eventType", "git.push");
    ObjectNode push = body.putObject("resource");
    push.putArray("refUpdates").addObject().put("name", branch.name())
        .put("oldObjectId", Outgoing.A_COMMIT).put("newObjectId", Outgoing.NO_COMMIT);
    push.putObject("pushedBy").put("uniqueName", Outgoing.ACTOR);
    push.putObject("repository").put("name", name[1]).putObject("project").put("name", name[0]);
    String login = Outgoing.ACTOR + ':' + repository.secrets().getFirst().reveal();
    return Outgoing.of(body, _ -> Map.of(AUTHORIZATION,
        BASIC + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))));
  }
}
