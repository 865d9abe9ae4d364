package dev.offshoot.reporter.collision;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.offshoot.flyway.Migrations;
import dev.offshoot.reporter.model.Collision;

/**
 * Finds the versions of a branch that Staging's branch has gone past: merged as they are, Flyway would find them below the
 * newest of Staging's history and not run them.
 */
public final class Overtaken {
  private Overtaken() {}

  /**
   * @param own files that the branch adds to its snapshot
   * @param staging all files, in whichever folders, at the tip of the branch that Staging is deployed from
   */
  public static List<Collision> of(Collection<String> own, Collection<String> staging) {
    Optional<MigrationVersion> newest = staging.stream().flatMap(name -> Migrations.version(name).stream())
        .map(MigrationVersion::of).max(Comparator.naturalOrder());
    Set<String> files = staging.stream().map(Migrations::file).collect(Collectors.toSet());
    return own.stream().filter(name -> !files.contains(Migrations.file(name))).flatMap(name -> Migrations.version(name).stream())
        .filter(version -> newest.filter(most -> MigrationVersion.of(version).compareTo(most) <= 0).isPresent())
        .map(version -> new Collision(Collision.Kind.BELOW_STAGING, version, Optional.empty()))
        .toList();
  }
}
