package dev.offshoot.reporter.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.flyway.Migrations;
import dev.offshoot.git.GitRepository;
import dev.offshoot.git.GitRepository.Folder;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.reporter.configuration.OwnConfiguration;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.FlywaySetting;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.search.ConfigSet;
import dev.offshoot.search.ConfigSetSource;
import dev.offshoot.worker.Failure;

/** Reads migrations from the repositories. What cannot be read is said, not thrown, unless waiting may help. */
public final class MigrationSources {
  private final Map<RepositoryKey, Source> sources;

  /** @param folder of the migrations */
  private record Source(GitRepository git, String folder, GitRef staging, FlywayConfig flyway, Optional<String> configSet) {
    Folder files() {
      return Folder.withAllBelow(folder);
    }
  }

  private MigrationSources(Map<RepositoryKey, Source> sources) {
    this.sources = Map.copyOf(sources);
  }

  public static MigrationSources of(
      Map<RepositoryKey, RepositoryConfig> repositories, Function<RepositoryConfig, GitRepository> git) {
    return new MigrationSources(repositories.values().stream().collect(Collectors.toMap(RepositoryConfig::key,
        one -> new Source(git.apply(one), one.migrations(), GitRef.ofBranch(one.defaultBranch()), one.flyway(),
            one.staging().configSet().filter(_ -> one.staging().core().isPresent())))));
  }

  /**
   * All migrations at a commit, and the files that configure one of them.
   *
   * @throws Failure UNAVAILABLE where the repository cannot be reached now, and {@code patient} says that it may be tried again
   */
  public Part<List<SourceFile>> at(RepositoryKey repository, Commit commit, boolean patient) {
    return reading(repository, patient, source -> source.git().files(commit, source.files(),
        name -> Migrations.isMigration(name) || Migrations.configuresOne(name)));
  }

  /** The names of the files, as a schema history has them, at the tip of the branch that Staging is deployed from. */
  public Part<List<String>> ofStaging(RepositoryKey repository) {
    return reading(repository, false, source -> source.git().tip(source.staging())
        .map(tip -> source.git().files(tip, source.files(), Migrations::isMigration)).orElse(List.of())
        .stream().map(SourceFile::name).toList());
  }

  /** Whether what is numbered below Staging's newest will be applied all the same. */
  public boolean takesOutOfOrder(RepositoryKey repository) {
    return Optional.ofNullable(sources.get(repository)).filter(source -> source.flyway().outOfOrder()).isPresent();
  }

  /** A branch's config set of the search index, and that of the branch which Staging is deployed from. */
  public record ConfigSets(ConfigSet staging, ConfigSet branch) {}

  /** Empty where the repository has none in git. */
  public Optional<Part<ConfigSets>> configSets(RepositoryKey repository, Commit commit, boolean patient) {
    return Optional.ofNullable(sources.get(repository)).flatMap(Source::configSet).map(folder -> reading(repository, patient, source -> {
      ConfigSetSource files = new ConfigSetSource(source.git(), folder);
      return new ConfigSets(source.git().tip(source.staging()).map(files::at).orElseGet(() -> ConfigSet.none(folder)), files.at(commit));
    }));
  }

  /** What the commit has for Flyway besides migrations that is not gone by, or whose being gone by is worth telling. */
  public Part<Excerpt<FlywaySetting>> configuration(RepositoryKey repository, Commit commit, boolean patient) {
    return reading(repository, patient, source -> OwnConfiguration.of(repository, source.flyway(), source.folder(),
        source.git().glimpses(commit, OwnConfiguration.places(source.folder()))));
  }

  private <T> Part<T> reading(RepositoryKey repository, boolean patient, Function<Source, T> what) {
    Optional<Source> source = Optional.ofNullable(sources.get(repository));
    if (source.isEmpty()) {
      return Part.missing("the repository is not in the configuration");
    }
    try {
      return Part.present(what.apply(source.get()));
    } catch (Failure e) {
      if (patient && e.kind().isTransient()) {
        throw e;
      }
      return Part.missing("the repository could not be read: " + e.getMessage());
    }
  }
}
