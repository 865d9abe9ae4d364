package dev.offshoot.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.Request;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.provisioner.Survey;
import dev.offshoot.worker.StateView;

/**
 * What stands in the stores and is not known, and what is to be asked about it.
 *
 * @param epochs of each Staging that has snapshots which are not known: the ask that brings them back
 */
record Findings(List<Row> rows, List<Request.AdoptRequested> epochs, List<Replay.Asking> environments) {
  Findings {
    rows = List.copyOf(rows);
    epochs = List.copyOf(epochs);
    environments = List.copyOf(environments);
  }

  /**
   * One thing that was found.
   *
   * @param branch empty where it belongs to none
   * @param what what would come of it
   */
  record Row(String repository, String environment, Optional<String> branch, String found, String what, boolean asks) {}

  /**
   * Looks at everything, and changes nothing.
   *
   * @param progress is told what is looked at next
   */
  static Findings look(OffshootConfig config, StateView known, Consumer<String> progress) throws Exception {
    List<Row> rows = new ArrayList<>();
    List<Request.AdoptRequested> epochs = new ArrayList<>();
    List<Replay.Asking> environments = new ArrayList<>();
    Set<EnvironmentId> accounted = new HashSet<>();
    known.all().stream().filter(e -> e.presence().isPresent()).forEach(e -> accounted.add(e.id()));
    try (Survey survey = Survey.open(config)) {
      List<RepositoryConfig> repositories = config.repositories().values().stream()
          .sorted(Comparator.comparing(r -> r.key().value())).toList();
      for (RepositoryConfig repository : repositories) {
        progress.accept("Looking for what stands of " + repository.key() + " ...");
        List<Epoch> standing = survey.epochs(repository);
        epochs(Origin.staging(repository.key(), repository.defaultBranch()), standing, known, epochs, rows);
        epochs(Origin.production(repository.key(), repository.defaultBranch()), survey.epochsOfProduction(repository), known,
            epochs, rows);
        Map<GitRef, Commit> branches = new JGitRepository(repository.url()).branches();
        for (GitRef ref : branches.keySet().stream().sorted(Comparator.comparing(GitRef::name)).toList()) {
          Origin origin = Origin.ofBranch(repository.key(), ref);
          if (!ref.branch().equals(repository.defaultBranch()) && accounted.add(origin.environment())) {
            adoption(origin, survey.see(repository, origin.environment(), standing)).ifPresent(adopt -> {
              environments.add(adopt);
              rows.add(new Row(repository.key().value(), adopt.environment().value(), Optional.of(ref.branch()),
                  "incarnation " + adopt.from(), adopt.text(), true));
            });
          }
        }
      }
      for (Survey.Tagged tagged : survey.besides(accounted)) {
        rows.add(new Row(tagged.repository().value(), tagged.environment().value(), Optional.empty(),
            "incarnation " + tagged.incarnation() + (tagged.backup() ? ", a backup" : ""),
            "left alone: no branch of a configured repository is its owner", false));
      }
    }
    return new Findings(rows, epochs, environments);
  }

  /** Snapshots of a static environment that nobody knows of. */
  private static void epochs(
      Origin source, List<Epoch> standing, StateView known, List<Request.AdoptRequested> asks, List<Row> rows) {
    List<EpochId> ids = known.of(source.environment()).epochs().map(Epochs::epochs).orElse(List.of()).stream()
        .map(Epoch::id).toList();
    standing.stream().map(Epoch::id).filter(id -> !ids.contains(id)).max(Comparator.naturalOrder()).ifPresent(newest -> {
      asks.add(new Request.AdoptRequested(source, Incarnation.FIRST, newest, Asking.actor()));
      rows.add(new Row(source.repository().value(), source.environment().value(), Optional.of(source.ref().branch()),
          standing.size() + " snapshots, the newest " + newest, "come back beside those that are known", true));
    });
  }

  private static Optional<Replay.Adopt> adoption(Origin origin, Survey.Seen seen) {
    return switch (seen) {
      case Survey.Seen.Standing(var incarnation, var epoch) -> Optional.of(adopt(origin, incarnation, epoch,
          "adopted as it stands: incarnation " + incarnation + " of snapshot " + epoch));
      case Survey.Seen.Broken(var incarnation, var why) -> Optional.of(adopt(origin, incarnation, NO_EPOCH,
          "made anew as incarnation " + incarnation.next() + " from the newest snapshot, because " + why
              + "; what is left of " + incarnation + " stays until the environment is destroyed"));
      case Survey.Seen.Destroyed(var incarnation) -> Optional.of(adopt(origin, incarnation, NO_EPOCH,
          "remembered as destroyed, with its backups; the next push or 'env create' brings it back"));
      case Survey.Seen.Nothing() -> Optional.empty();
    };
  }

  /** Where none matters. */
  private static final EpochId NO_EPOCH = EpochId.at(Instant.EPOCH);

  private static Replay.Adopt adopt(Origin origin, Incarnation incarnation, EpochId epoch, String text) {
    return new Replay.Adopt(
        origin, incarnation, text, new Request.AdoptRequested(origin, incarnation, epoch, Asking.actor()));
  }
}
