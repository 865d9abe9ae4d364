package dev.offshoot.reporter.collision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Touches;
import dev.offshoot.reporter.model.Collision;
import dev.offshoot.reporter.model.Collision.Kind;

/**
 * Finds what open branches want at once: equal version numbers, and the same tables. Law: symmetric, so each of two
 * branches is warned of the other. A branch that was not reported on yet, or that is destroyed, collides with nobody.
 */
public final class CollisionRadar {
  private CollisionRadar() {}

  /**
   * One branch and what it touches.
   *
   * @param touches as of its newest report, or of the one that is being written
   */
  public record Branch(Origin origin, Touches touches) {}

  /** With all other open branches that are known, in the order of their names. */
  public static List<Collision> around(Branch own, Collection<EnvironmentState> all) {
    return others(own.origin(), all).flatMap(other -> between(own, other).stream()).toList();
  }

  /** The open branches of the same repository that collide with this one, whether it is still open or not. */
  public static List<Origin> concerned(Branch own, Collection<EnvironmentState> all) {
    return others(own.origin(), all).filter(other -> !between(own, other).isEmpty()).map(Branch::origin).toList();
  }

  private static Stream<Branch> others(Origin own, Collection<EnvironmentState> all) {
    return all.stream().flatMap(state -> open(state).stream())
        .filter(other -> other.origin().repository().equals(own.repository()) && !other.origin().equals(own))
        .sorted(Comparator.comparing(other -> other.origin().environment()));
  }

  /** A branch that may still be merged, as it was last reported on. */
  public static Optional<Branch> open(EnvironmentState state) {
    return state.presence().filter(present -> present.origin().kind() == EnvironmentKind.FULL)
        .filter(present -> isOpen(present.intent()))
        .flatMap(present -> state.report().filter(report -> isOf(report, present)).flatMap(Report::touches)
            .map(touches -> new Branch(present.origin(), touches)));
  }

  private static boolean isOpen(Intent intent) {
    return switch (intent) {
      case Intent.Creating _, Intent.Standing _, Intent.Resetting _ -> true;
      case Intent.Destroying _, Intent.Destroyed _, Intent.Declared _ -> false;
    };
  }

  private static boolean isOf(Report report, Presence present) {
    return report.incarnation().equals(present.intent().incarnation())
        || report.incarnation().equals(present.intent().serving());
  }

  private static List<Collision> between(Branch one, Branch other) {
    Collision.Other with = new Collision.Other(
        other.origin().environment().value(), other.origin().ref().branch());
    List<Collision> found = new ArrayList<>();
    Set<MigrationVersion> versions = new HashSet<>();
    other.touches().versions().forEach(version -> versions.add(MigrationVersion.of(version)));
    one.touches().versions().stream().filter(version -> versions.contains(MigrationVersion.of(version)))
        .forEach(version -> found.add(new Collision(Kind.SAME_VERSION, version, Optional.of(with))));
    Set<String> tables = Set.copyOf(other.touches().tables());
    one.touches().tables().stream().filter(tables::contains)
        .forEach(table -> found.add(new Collision(Kind.SAME_TABLE, table, Optional.of(with))));
    return found;
  }
}
