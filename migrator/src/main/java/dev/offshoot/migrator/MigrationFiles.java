package dev.offshoot.migrator;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.ProductionConfig.Rehearse;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.git.GitRepository;
import dev.offshoot.git.GitRepository.SourceFile;

/**
 * The migrations of a repository's commits. Flyway runs shell and Python files and callbacks that lie beside
 * migrations, so what reaches it is an allow-list of names: {@code V…__….sql} and {@code R__….sql}.
 */
final class MigrationFiles {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationFiles.class);
  private static final Pattern MIGRATION = Pattern.compile("(?:V[0-9][0-9A-Za-z._]*|R)__[^/\\\\\\p{Cntrl}]+\\.sql");

  private final GitRepository repository;
  private final String folder;
  private final FlywayConfig settings;
  private final boolean rehearsed;

  MigrationFiles(GitRepository repository, RepositoryConfig config) {
    this.repository = repository;
    this.folder = config.migrations();
    this.settings = config.flyway();
    this.rehearsed = config.production().filter(production -> production.rehearse() == Rehearse.ON_PUSH).isPresent();
  }

  List<SourceFile> of(Commit commit) {
    Census census = new Census();
    List<SourceFile> files = repository.files(commit, folder, census::counts);
    if (census.ignored > 0) {
      LOG.info("Commit {}: {} migrations, {} other files ignored", commit.brief(), files.size(), census.ignored);
    }
    return files;
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

  static boolean isMigration(String name) {
    return MIGRATION.matcher(name).matches();
  }

  /** Counts what is passed over. */
  private static final class Census {
    private int ignored;

    boolean counts(String name) {
      boolean wanted = isMigration(name);
      ignored += wanted ? 0 : 1;
      return wanted;
    }
  }
}
