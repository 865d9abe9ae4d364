package dev.offshoot.provisioner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Repair;
import dev.offshoot.event.Request.RefDiffers;

/**
 * Where the branches of a git host are elsewhere than the environments have last seen them. Pure.
 *
 * <p>Laws: tips are compared, not existence, so what was swept or merged at a tip stays destroyed at it, and what a person has pinned stays
 * as long as the ref does not move. What is being made, or destroyed, is left alone: it reads the ref itself, or is decided about once it
 * has ended. A branch that nobody was told of counts only where the creation policy lets a push make an environment.
 *
 * @param branches how many the host listed
 * @param standing how many environments stand
 * @param remembered how many are destroyed and were at a branch when last seen
 * @param differences in the order of the refs
 */
public record Comparison(int branches, int standing, int remembered, List<Difference> differences) {
  public Comparison {
    differences = List.copyOf(differences);
  }

  /**
   * @param ask what is to be asked of the provisioner
   * @param destroys whether the environment goes by it; a destroyed one's missing branch is only taken note of
   */
  public record Difference(RefDiffers ask, boolean destroys) {}

  /**
   * @param tips what the host lists
   * @param all the environments, also of other repositories
   */
  public static Comparison of(RepositoryConfig repository, Map<GitRef, Commit> tips, Collection<EnvironmentState> all) {
    List<Presence> known = all.stream().flatMap(state -> state.presence().stream())
        .filter(present -> present.origin().kind() == EnvironmentKind.FULL && present.origin().repository().equals(repository.key()))
        .toList();
    GitRef main = GitRef.ofBranch(repository.defaultBranch());
    CreationPolicy policy = new CreationPolicy(repository);
    Set<GitRef> told = known.stream().map(present -> present.origin().ref()).collect(Collectors.toCollection(HashSet::new));
    List<Difference> differences = new ArrayList<>();
    known.stream().filter(present -> !present.origin().ref().equals(main))
        .flatMap(present -> difference(present, Optional.ofNullable(tips.get(present.origin().ref())), policy).stream())
        .forEach(differences::add);
    tips.forEach((ref, tip) -> {
      if (!ref.equals(main) && !told.contains(ref) && policy.refusesPush(ref).isEmpty()) {
        differences.add(new Difference(
            new RefDiffers(Origin.ofBranch(repository.key(), ref), Repair.MISSED_BRANCH, Optional.empty(), Optional.of(tip)), false));
      }
    });
    differences.sort(Comparator.comparing(difference -> difference.ask().origin().ref().name()));
    return new Comparison(tips.size(), (int) known.stream().filter(Comparison::stands).count(),
        (int) known.stream().filter(Comparison::isRemembered).count(), differences);
  }

  private static boolean stands(Presence present) {
    return switch (present.intent()) {
      case Intent.Creating _, Intent.Standing _, Intent.Resetting _ -> true;
      case Intent.Destroying _, Intent.Destroyed _, Intent.Declared _ -> false;
    };
  }

  private static boolean isRemembered(Presence present) {
    return present.intent() instanceof Intent.Destroyed && present.lastSeen().isPresent();
  }

  private static Optional<Difference> difference(Presence present, Optional<Commit> tip, CreationPolicy policy) {
    if (tip.equals(present.lastSeen())) {
      return Optional.empty();
    }
    return switch (present.intent()) {
      case Intent.Creating creating -> tip.isEmpty() && present.failure().isPresent() && creating.restoredFrom().isEmpty()
          ? Optional.of(difference(present, Repair.MISSED_DELETE, tip, true))
          : Optional.empty();
      case Intent.Standing _, Intent.Resetting _ -> Optional.of(tip.isEmpty()
          ? difference(present, Repair.MISSED_DELETE, tip, true)
          : difference(present, Repair.MISSED_PUSH, tip, false));
      case Intent.Destroyed _ when tip.isEmpty() -> Optional.of(difference(present, Repair.MISSED_DELETE, tip, false));
      case Intent.Destroyed _ -> policy.refusesPush(present.origin().ref()).isPresent()
          ? Optional.empty()
          : Optional.of(difference(present, Repair.RECREATED_BRANCH, tip, false));
      case Intent.Destroying _, Intent.Declared _ -> Optional.empty();
    };
  }

  private static Difference difference(Presence present, Repair repair, Optional<Commit> tip, boolean destroys) {
    return new Difference(new RefDiffers(present.origin(), repair, present.lastSeen(), tip), destroys);
  }

  /** Of standing environments, whose branches are gone. */
  List<Difference> destroying() {
    return differences.stream().filter(Difference::destroys).toList();
  }

  /** Of destroyed environments, whose branches are gone now too. */
  List<Difference> forgetting() {
    return differences.stream().filter(each -> each.ask().repair() == Repair.MISSED_DELETE && !each.destroys()).toList();
  }

  /** Of branches that nobody was told of. */
  List<Difference> untold() {
    return differences.stream().filter(each -> each.ask().repair() == Repair.MISSED_BRANCH).toList();
  }
}
