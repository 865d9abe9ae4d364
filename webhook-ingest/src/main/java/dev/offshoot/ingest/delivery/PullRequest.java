package dev.offshoot.ingest.delivery;

import java.util.Optional;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.GitRef;
import dev.offshoot.event.Request;

/** A {@code pull_request} event in the shape that GitHub documents and that Gitea and Forgejo took over. */
public final class PullRequest {

  private PullRequest() {}

  /**
   * A merge or a close of a change within the repository; everything else is ignored.
   *
   * @param headBranch reads the branch from the change's {@code head}
   */
  public static Delivery read(Payload body, RepositoryConfig repository, HeadBranch headBranch) {
    if (!body.text("action").equals("closed")) {
      return new Delivery.Ignored("a change says nothing until it is merged or closed: its pushes say what is new");
    }
    Payload change = body.object("pull_request");
    Payload head = change.object("head");
    Optional<Payload> from = head.optionalObject("repo");
    if (from.isEmpty() || !from.get().text("full_name").equals(repository.fullName())) {
      return new Delivery.Ignored("the change comes from a fork, whose branches get no environment");
    }
    boolean merged = change.flag("merged");
    long number = change.number("number");
    String actor = body.object("sender").actor("login");
    return Branches.delivery(repository, headBranch.of(head), origin -> merged
        ? new Request.ChangeMerged(origin, head.commit("sha"), change.object("base").branch("ref"), number, actor)
        : new Request.ChangeClosed(origin, number, actor));
  }

  /** Where a git host writes the branch that a change comes from. */
  @FunctionalInterface
  public interface HeadBranch {
    GitRef of(Payload head);
  }
}
