package dev.offshoot.migrator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.ProductionConfig.Rehearse;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.flyway.ScriptConfiguration;
import dev.offshoot.git.GitRepository;
import dev.offshoot.git.GitRepository.SourceFile;

/**
 * The migrations of a repository's commits. Flyway runs shell and Python files and callbacks that lie beside
 * migrations, so what reaches it is an allow-list of names: {@code V…__….sql} and {@code R__….sql}, and one key of what
 * configures one of them, as in {@code V2__pages.sql.conf}.
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

  /** The migrations, and of what configures one of them only what is heeded, in the text that it comes to. */
  List<SourceFile> of(Commit commit) {
    Census census = new Census();
    List<SourceFile> files = repository.files(commit, folder, census::counts);
    if (census.ignored > 0) {
      LOG.info("Commit {}: {} files beside its migrations ignored", commit.brief(), census.ignored);
    }
    Set<String> migrations = files.stream().map(SourceFile::name).filter(MigrationFiles::isMigration).collect(Collectors.toSet());
    return files.stream().flatMap(file -> migrations.contains(file.name()) ? Stream.of(file)
        : heeded(file).filter(_ -> migrations.contains(configured(file.name()))).stream()).toList();
  }

  private static Optional<SourceFile> heeded(SourceFile configuration) {
    return ScriptConfiguration.read(configuration.text()).flatMap(ScriptConfiguration::heeded)
        .map(text -> new SourceFile(configuration.path(), configuration.name(), text));
  }

  private static String configured(String name) {
    return name.substring(0, name.length() - ScriptConfiguration.SUFFIX.length());
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

  private static boolean configuresOne(String name) {
    return name.endsWith(ScriptConfiguration.SUFFIX) && isMigration(configured(name));
  }

  static boolean isMigration(String name) {
    return MIGRATION.matcher(name).matches();
  }

  /** Counts what is passed over. */
  private static final class Census {
    private int ignored;

    boolean counts(String name) {
      boolean wanted = isMigration(name) || configuresOne(name);
      ignored += wanted ? 0 : 1;
      return wanted;
    }
  }
}
