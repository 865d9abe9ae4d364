package dev.offshoot.ingest.delivery;

import java.util.Optional;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.GitRef;
import dev.offshoot.event.Request;

/** A {@code pull_request} event in the shape that GitHub documents and that Gitea and Forgejo took over, with words of their own. */
public final class PullRequest {

  private PullRequest() {}

  /**
   * What became of a change within the repository; everything else is ignored.
   *
   * @param headBranch reads the branch from the change's {@code head}
   */
  public static Delivery read(Payload body, RepositoryConfig repository, HeadBranch headBranch) {
    Optional<ChangeEvent> event = event(body);
    if (event.isEmpty()) {
      return ChangeEvent.nothing();
    }
    Payload change = body.object("pull_request");
    Payload head = change.object("head");
    Optional<Payload> from = head.optionalObject("repo");
    if (from.isEmpty() || !from.get().text("full_name").equals(repository.fullName())) {
      return ChangeEvent.ofAFork();
    }
    long number = change.number("number");
    String actor = body.object("sender").actor("login");
    return Branches.delivery(repository, headBranch.of(head), origin -> switch (event.get()) {
      case UPDATED -> new Request.ChangeUpdated(origin, head.commit("sha"), change.object("base").branch("ref"), number,
          change.labels("labels", Optional.of("name")), actor);
      case MERGED -> new Request.ChangeMerged(origin, head.commit("sha"), change.object("base").branch("ref"), number, actor);
      case CLOSED -> new Request.ChangeClosed(origin, number, actor);
    });
  }

  private static Optional<ChangeEvent> event(Payload body) {
    return switch (body.text("action")) {
      case "closed" -> Optional.of(body.object("pull_request").flag("merged") ? ChangeEvent.MERGED : ChangeEvent.CLOSED);
      case "opened", "reopened",
          "synchronize", "labeled", "unlabeled",
          "synchronized", "label_updated", "label_cleared" -> Optional.of(ChangeEvent.UPDATED);
      default -> Optional.empty();
    };
  }

  /** Where a git host writes the branch that a change comes from. */
  @FunctionalInterface
  public interface HeadBranch {
    GitRef of(Payload head);
  }
}
