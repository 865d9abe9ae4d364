package dev.offshoot.ingest.delivery;

import java.util.function.Function;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.Request;

/** Which refs can have an environment: branches, except the default branch. */
public final class Branches {

  private Branches() {}

  /**
   * The request about the ref, or why there is none. The request is only made for a ref that can have an
   * environment.
   */
  public static Delivery delivery(RepositoryConfig repository, GitRef ref, Function<Origin, Request> request) {
    if (ref.isTag()) {
      return new Delivery.Ignored("a tag gets no environment");
    }
    if (!ref.isBranch()) {
      return new Delivery.Ignored("only a branch gets an environment");
    }
    if (ref.branch().equals(repository.defaultBranch())) {
      return new Delivery.Ignored("the default branch gets no environment");
    }
    return new Delivery.Accepted(request.apply(Origin.ofBranch(repository.key(), ref)));
  }
}
