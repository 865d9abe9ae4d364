package dev.offshoot.migrator.search;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.git.GitRepository;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.search.ConfigSetFolder;
import dev.offshoot.search.ConfigSetSource;
import dev.offshoot.search.ContainedConfig;
import dev.offshoot.search.Refusal;
import dev.offshoot.worker.Failure;

/** Brings the search index of an environment to a commit's config set, in the repositories that say where theirs is. */
public final class SearchStep implements AutoCloseable {
  private static final int MOST_REFUSALS = 10;

  private final Map<RepositoryKey, Branches> repositories;
  private final Optional<NamespaceConfig> namespaces;

  /** Where a repository's config sets are, and what Staging's own is called. */
  private record Branches(ConfigSetSource source, String staging) {}

  private SearchStep(Map<RepositoryKey, Branches> repositories, Optional<NamespaceConfig> namespaces) {
    this.repositories = Map.copyOf(repositories);
    this.namespaces = namespaces;
  }

  public static SearchStep of(OffshootConfig config, Function<RepositoryConfig, GitRepository> git) {
    return of(config.repositories().values(), config.stores().solr(), git);
  }

  public static SearchStep of(Collection<RepositoryConfig> configured, SolrConfig solr, Function<RepositoryConfig, GitRepository> git) {
    Map<RepositoryKey, Branches> repositories = configured.stream()
        .filter(one -> one.staging().configSet().isPresent() && one.staging().core().isPresent())
        .collect(Collectors.toMap(RepositoryConfig::key, one -> new Branches(
            new ConfigSetSource(git.apply(one), one.staging().configSet().orElseThrow()), one.staging().core().orElseThrow())));
    return new SearchStep(repositories, repositories.isEmpty() ? Optional.empty() : namespaces(solr));
  }

  private static Optional<NamespaceConfig> namespaces(SolrConfig solr) {
    return switch (solr.mode()) {
      case STANDALONE -> solr.configSets().map(folder -> new CoreConfig(new SolrAdmin(solr), new ConfigSetFolder(folder)));
      case CLOUD -> Optional.of(new CollectionConfig(new SolrAdmin(solr)));
    };
  }

  /** For repositories whose branches cannot change the search index. */
  public static SearchStep none() {
    return new SearchStep(Map.of(), Optional.empty());
  }

  /** What a commit asks of the namespace. */
  public sealed interface Wanted {}

  /** Nothing: there is no namespace, or branches do not configure it. */
  public record Nothing() implements Wanted {}

  /** That it has this configuration. */
  public record Configuration(String namespace, ContainedConfig config, String staging) implements Wanted {}

  /** What a branch may not ask. */
  public record Forbidden(MigrationFailure failure) implements Wanted {}

  /** Reads the commit; changes nothing. */
  public Wanted wanted(RepositoryKey repository, Commit commit, Stores stores) {
    Optional<Branches> branches = Optional.ofNullable(repositories.get(repository));
    Optional<StoreCoordinates> namespace = stores.of(StoreKind.SOLR);
    if (branches.isEmpty() || namespace.isEmpty()) {
      return new Nothing();
    }
    FaultPoint.at("search.config.fetch.before");
    ContainedConfig.Checked checked = ContainedConfig.of(branches.get().source().at(commit));
    FaultPoint.at("search.config.fetch.after");
    return switch (checked) {
      case ContainedConfig.Accepted(ContainedConfig config) ->
          new Configuration(namespace.get().name(), config, branches.get().staging());
      case ContainedConfig.Refused(List<Refusal> refusals) -> new Forbidden(failure(refusals));
    };
  }

  private static MigrationFailure failure(List<Refusal> refusals) {
    Refusal first = refusals.getFirst();
    String others = refusals.stream().skip(1).limit(MOST_REFUSALS).map(Refusal::sentence).collect(Collectors.joining("; "));
    return new MigrationFailure(SafeText.line("Solr's configuration was not applied: " + first.what()
        + (others.isEmpty() ? "" : ". Also " + others)), Optional.of(SafeText.line(first.file())), Optional.of(first.line()),
        Optional.empty(), Optional.empty());
  }

  /** What kept the namespace from it; it then has the configuration that it had before. */
  public Optional<MigrationFailure> apply(Wanted wanted) {
    return switch (wanted) {
      case Nothing _ -> Optional.empty();
      case Forbidden forbidden -> Optional.of(forbidden.failure());
      case Configuration(String _, ContainedConfig config, String _) when config.isEmpty() && namespaces.isEmpty() -> Optional.empty();
      case Configuration(String namespace, ContainedConfig config, String staging) -> namespaces
          .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The repository's config set cannot be applied to a standalone Solr whose config"
              + " sets are not seen from here; write stores.solr.configSets, or leave staging.configSet out"))
          .bring(namespace, config, staging)
          .map(why -> MigrationFailure.of(SafeText.line("Solr did not take the branch's configuration, and goes on with the one before: "
              + why)));
    };
  }

  @Override
  public void close() {
    namespaces.ifPresent(NamespaceConfig::close);
  }
}
