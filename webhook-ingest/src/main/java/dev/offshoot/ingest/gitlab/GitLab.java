package dev.offshoot.ingest.gitlab;

import java.util.HashMap;
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
import dev.offshoot.ingest.delivery.StandardWebhooks;

/**
 * GitLab, as its page "Webhook events" documents it. It sends its secret along ({@code X-Gitlab-Token}), newer ones sign instead, by
 * Standard Webhooks. What an event is stands in the body ({@code object_kind}), which a signature covers; a header it does not.
 *
 * <p>Nothing is sent for a push of more than three branches, nothing says that a push was forced, and a merge request's head is its
 * {@code last_commit}.
 */
public final class GitLab implements GitHost {
  private static final String TOKEN = "X-Gitlab-Token";
  private static final String ID = "Idempotency-Key";

  private final StandardWebhooks signature;

  public GitLab(StandardWebhooks signature) {
    this.signature = signature;
  }

  @Override
  public boolean authentic(Headers headers, byte[] body, List<Secret> secrets) {
    boolean signed = signature.signed(headers, body, secrets);
    return SharedSecret.fits(headers.first(TOKEN), secrets) || signed;
  }

  /** The first two are the same when it sends again. */
  @Override
  public Optional<String> deliveryId(Headers headers) {
    return headers.first(ID).or(() -> headers.first(StandardWebhooks.ID)).or(() -> headers.first("X-Gitlab-Event-UUID"));
  }

  /** Of a merge request it is the one that would take it in. */
  @Override
  public Optional<String> repository(Payload body) {
    return body.optionalObject("project").map(project -> project.text("path_with_namespace"));
  }

  @Override
  public Delivery read(Headers headers, Payload body, RepositoryConfig repository) {
    return switch (body.text("object_kind")) {
      case "push" -> push(body, repository);
      case "merge_request" -> change(body, repository);
      case "tag_push" -> new Delivery.Ignored("a tag gets no environment");
      default -> new Delivery.Ignored("only push and merge request events are used: deselect the others at the git host");
    };
  }

  private static Delivery push(Payload body, RepositoryConfig repository) {
    boolean created = body.optionalCommit("before").isEmpty();
    Optional<Commit> after = body.optionalCommit("after");
    String actor = body.actorOf("user_username", "user_name");
    return Branches.delivery(repository, body.ref("ref"), origin -> after
        .<Request>map(commit -> new Request.BranchPushed(origin, commit, created, false, actor))
        .orElseGet(() -> new Request.BranchDeleted(origin, actor)));
  }

  private static Delivery change(Payload body, RepositoryConfig repository) {
    Payload change = body.object("object_attributes");
    Optional<ChangeEvent> event = event(body, change);
    if (event.isEmpty()) {
      return ChangeEvent.nothing();
    }
    if (!change.optionalNumber("source_project_id").equals(change.optionalNumber("target_project_id"))) {
      return ChangeEvent.ofAFork();
    }
    long number = change.number("iid");
    String actor = body.object("user").actorOf("username", "name");
    return Branches.delivery(repository, change.branch("source_branch"), origin -> switch (event.get()) {
      case UPDATED -> new Request.ChangeUpdated(origin, change.object("last_commit").commit("id"), change.branch("target_branch"), number,
          body.labels("labels", Optional.of("title")), actor);
      case MERGED ->
          new Request.ChangeMerged(origin, change.object("last_commit").commit("id"), change.branch("target_branch"), number, actor);
      case CLOSED -> new Request.ChangeClosed(origin, number, actor);
    });
  }

  /** An action and a state that do not fit are nothing: a merge may be tried, and a close be undone, before it is sent. */
  private static Optional<ChangeEvent> event(Payload body, Payload change) {
    String state = change.text("state");
    return switch (change.optionalText("action").orElse("")) {
      case "merge" -> state.equals("merged") ? Optional.of(ChangeEvent.MERGED) : Optional.empty();
      case "close" -> state.equals("closed") ? Optional.of(ChangeEvent.CLOSED) : Optional.empty();
      case "open", "reopen" -> Optional.of(ChangeEvent.UPDATED);
      case "update" -> hasMoved(body, change) ? Optional.of(ChangeEvent.UPDATED) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean hasMoved(Payload body, Payload change) {
    return change.optionalText("oldrev").isPresent()
        || body.optionalObject("changes").flatMap(changes -> changes.optionalObject("labels")).isPresent();
  }

  @Override
  public Outgoing deletion(RepositoryConfig repository, GitRef branch, DeliveryId id) {
    ObjectNode body = Outgoing.object().put("object_kind", "push").put("ref", branch.name())
        .put("before", Outgoing.A_COMMIT).put("after", Outgoing.NO_COMMIT).put("user_username", Outgoing.ACTOR);
    body.putObject("project").put("path_with_namespace", repository.fullName());
    Secret secret = repository.secrets().getFirst();
    return Outgoing.of(body, bytes -> {
      Map<String, String> headers = new HashMap<>(Map.of("X-Gitlab-Event", "Push Hook", ID, id.value()));
      if (StandardWebhooks.isKey(secret)) {
        headers.putAll(signature.sign(id.value(), bytes, secret));
      } else {
        headers.put(TOKEN, secret.reveal());
      }
      return headers;
    });
  }
}
