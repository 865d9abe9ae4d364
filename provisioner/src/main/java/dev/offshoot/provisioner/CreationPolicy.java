package dev.offshoot.provisioner;

import java.util.Optional;

import dev.offshoot.config.BranchRules;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.GitRef;
import dev.offshoot.event.Request;

/**
 * Whether a request may make an environment, or bring one back, where none stands. Pure.
 *
 * <p>Laws: it never decides about one that stands; a person's command makes one for any branch.
 */
record CreationPolicy(RepositoryConfig repository) {

  /** Why it may not; empty when it may. */
  Optional<String> refuses(Request.MayCreate request) {
    return switch (request) {
      case Request.BranchPushed _, Request.RefDiffers _ -> refusesPush(request.origin().ref());
      case Request.ChangeUpdated change -> refusesChange(change);
      case Request.CreateRequested _, Request.RestoreRequested _ -> Optional.empty();
    };
  }

  /** Also what a lost push is held to: nobody knows what labels there were. */
  Optional<String> refusesPush(GitRef ref) {
    return switch (repository.create()) {
      case ON_PUSH -> refuses(ref);
      case ON_COMMAND -> Optional.of("environments of this repository are created on command");
      case ON_LABEL -> Optional.of("environments of this repository are created on the label " + label() + " of a change");
    };
  }

  private Optional<String> refusesChange(Request.ChangeUpdated change) {
    return switch (repository.create()) {
      case ON_PUSH, ON_COMMAND -> refusesPush(change.origin().ref());
      case ON_LABEL -> repository.branches().label().filter(change.labels()::contains).isPresent()
          ? refuses(change.origin().ref())
          : Optional.of("the change has not the label " + label());
    };
  }

  private Optional<String> refuses(GitRef ref) {
    BranchRules rules = repository.branches();
    return rules.includes(ref) ? Optional.empty() : Optional.of("the branch is not one that branches.include and .exclude let in");
  }

  private String label() {
    return "'" + repository.branches().label().orElse("") + "'";
  }
}
