package dev.offshoot.config;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.GitRef;

/**
 * {@code branches:} and {@code label:} of a repository, which branches get an environment without a person's asking for it. One that
 * stands is kept up to date whatever they say, and a person's command stands as given.
 *
 * @param label what a change must be labelled with where environments are created on a label; empty elsewhere
 * @param include a branch must match one of these; never empty
 * @param exclude and none of these
 */
public record BranchRules(Optional<String> label, List<BranchPattern> include, List<BranchPattern> exclude) {
  /** Every branch. */
  public static final BranchRules ALL = new BranchRules(Optional.empty(), List.of(new BranchPattern("**")), List.of());

  public BranchRules {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  public boolean includes(GitRef ref) {
    return include.stream().anyMatch(pattern -> pattern.matches(ref)) && exclude.stream().noneMatch(pattern -> pattern.matches(ref));
  }
}
