package dev.offshoot.migrator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.ProductionConfig.Rehearse;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.flyway.Migrations;
import dev.offshoot.flyway.ScriptConfiguration;
import dev.offshoot.git.GitRepository;
import dev.offshoot.git.GitRepository.Folder;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Failure;

/**
 * The migrations of a repository's commits. Flyway runs shell and Python files and callbacks that lie beside
 * migrations, so what reaches it is an allow-list of names: {@code V…__….sql} and {@code R__….sql} in the folder and, as Flyway reads a
 * location, in the folders below it, and one key of what configures one of them, as in {@code V2__pages.sql.conf}.
 */
final class MigrationFiles {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationFiles.class);
  /** What the history's column holds. */
  private static final int LONGEST_NAME = 1_000;

  private final GitRepository repository;
  private final Folder folder;
  private final FlywayConfig settings;
  private final boolean rehearsed;

  MigrationFiles(GitRepository repository, RepositoryConfig config) {
    this.repository = repository;
    this.folder = Folder.withAllBelow(config.migrations());
    this.settings = config.flyway();
    this.rehearsed = config.production().filter(production -> production.rehearse() == Rehearse.ON_PUSH).isPresent();
  }

  /**
   * The migrations, and of what configures one of them only what is heeded, in the text that it comes to.
   *
   * @throws Failure INVALID where a migration could not be told of by its name; others as {@link GitRepository} says
   */
  List<SourceFile> of(Commit commit) {
    Census census = new Census();
    List<SourceFile> files = repository.files(commit, folder, census::counts);
    if (census.ignored > 0) {
      LOG.info("Commit {}: {} files beside its migrations ignored", commit.brief(), census.ignored);
    }
    Set<String> migrations = files.stream().map(SourceFile::name).filter(Migrations::isMigration).collect(Collectors.toSet());
    migrations.forEach(MigrationFiles::requireShowable);
    return files.stream().flatMap(file -> migrations.contains(file.name()) ? Stream.of(file)
        : heeded(file).filter(_ -> migrations.contains(Migrations.configured(file.name()))).stream()).toList();
  }

  /** Events, evidence and report name a migration as the history does: under another name they would not find it again. */
  private static void requireShowable(String name) {
    if (name.length() > LONGEST_NAME || !SafeText.line(name).equals(name)) {
      throw new Failure(Failure.Kind.INVALID, "The migration '" + SafeText.line(name) + "' has a name, with its folders, of more than "
          + LONGEST_NAME + " characters, or with such in it as cannot be seen; rename it or its folder");
    }
  }

  private static Optional<SourceFile> heeded(SourceFile configuration) {
    return ScriptConfiguration.read(configuration.text()).flatMap(ScriptConfiguration::heeded)
        .map(text -> new SourceFile(configuration.path(), configuration.name(), text));
  }

  /** Where a branch is now. */
  Optional<Commit> tip(GitRef ref) {
    return repository.tip(ref);
  }

  /** How they are read and ordered. */
  FlywayConfig settings() {
    return settings;
  }

  /** Whether those of each push are tried on Production's snapshot, too. */
  boolean areRehearsed() {
    return rehearsed;
  }

  /** Counts what is passed over. */
  private static final class Census {
    private int ignored;

    boolean counts(String name) {
      boolean wanted = Migrations.isMigration(name) || Migrations.configuresOne(name);
      ignored += wanted ? 0 : 1;
      return wanted;
    }
  }
}
