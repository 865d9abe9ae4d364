package dev.offshoot.ingest.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.Request;

/** Which refs can have an environment: branches, except the default branch. */
public final class Branches {
  /** So many of one delivery are taken; the rest is found by comparing branches. */
  static final int MOST = 1000;

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

  /**
   * What the parts of one delivery, each about a ref, come to together: the requests of those that are accepted, or why the first is
   * not. A ref that comes twice counts as it comes last.
   *
   * @param partial whether the git host left something out
   */
  public static Delivery together(List<Payload> parts, boolean partial, Function<Payload, Delivery> read) {
    Map<GitRef, Request> requests = new LinkedHashMap<>();
    List<Delivery.Ignored> ignored = new ArrayList<>();
    boolean more = partial || parts.size() > MOST;
    for (Payload part : parts.subList(0, Math.min(parts.size(), MOST))) {
      switch (read.apply(part)) {
        case Delivery.Accepted accepted -> accepted.requests().forEach(each -> requests.put(each.origin().ref(), each));
        case Delivery.Ignored reason -> ignored.add(reason);
      }
    }
    if (!requests.isEmpty()) {
      return new Delivery.Accepted(List.copyOf(requests.values()), more);
    }
    return ignored.isEmpty() ? new Delivery.Ignored("it names no branch") : ignored.getFirst();
  }
}
