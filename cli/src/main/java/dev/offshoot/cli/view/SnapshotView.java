package dev.offshoot.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.environment.CloneStrategy;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochUse;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreSnapshot;

/**
 * An epoch as it is shown; its JSON is what {@code snapshot list --json} prints.
 *
 * @param of staging or production
 * @param environments that are made from it
 * @param retiring whether it is being removed
 */
public record SnapshotView(
    String epoch,
    String repository,
    String of,
    Instant takenAt,
    boolean newest,
    boolean retiring,
    Optional<Instant> unusedSince,
    List<String> environments,
    List<StoreSnapshot> stores) {
  public SnapshotView {
    environments = List.copyOf(environments);
    stores = List.copyOf(stores);
  }

  /** The epochs of a repository, the newest first. */
  public static List<SnapshotView> of(RepositoryKey repository, EnvironmentState source, Collection<EnvironmentState> all) {
    return source.epochs().stream().flatMap(epochs -> {
      Optional<Epoch> newest = epochs.newest();
      return Stream.concat(
          epochs.epochs().stream().map(epoch -> of(repository, source.id(), epoch, newest.filter(epoch::equals).isPresent(), false, all)),
          epochs.retiring().stream().map(epoch -> of(repository, source.id(), epoch, false, true, all)));
    }).sorted((a, b) -> b.epoch().compareTo(a.epoch())).toList();
  }

  private static SnapshotView of(
      RepositoryKey repository, EnvironmentId source, Epoch epoch, boolean newest, boolean retiring, Collection<EnvironmentState> all) {
    List<String> users = all.stream()
        .filter(state -> EpochUse.by(state, source).anyMatch(epoch.id()::equals))
        .map(state -> state.id().value()).sorted().toList();
    return new SnapshotView(epoch.id().value(), repository.value(), word(source), epoch.takenAt(), newest, retiring, epoch.unusedSince(), users,
        epoch.stores());
  }

  /** For people: a line for each store's part of each. */
  public static String table(List<SnapshotView> views, Instant now) {
    Table table = new Table("SNAPSHOT", "REPOSITORY", "OF", "AGE", "STORE", "SIZE", "TAKEN BY", "CLONED BY", "MASKED", "USED BY");
    for (SnapshotView view : views) {
      for (StoreSnapshot part : view.stores()) {
        table.row(view.epoch(), view.repository(), view.of(), Times.age(Duration.between(view.takenAt(), now)), word(part.kind()), Sizes.of(part.bytes()),
            part.taking().map(taking -> word(taking.way())).orElse("-"),
            part.clones().map(SnapshotView::clones).orElse("-"),
            part.taking().map(taking -> Integer.toString(taking.masked().size())).orElse("-"), view.usedBy(now));
      }
    }
    return table.text();
  }

  private String usedBy(Instant now) {
    if (retiring) {
      return "nobody: being removed";
    }
    String users = environments.isEmpty() ? "no environment" : environments.size() == 1 ? "1 environment"
        : environments.size() + " environments";
    return users + (newest ? ", newest" : "")
        + unusedSince.map(since -> ", unused for " + Times.age(Duration.between(since, now))).orElse("");
  }

  private static String clones(CloneStrategy strategy) {
    return word(strategy.chosen()) + strategy.tried().stream().filter(tried -> tried.method() == strategy.chosen())
        .map(tried -> " " + tried.millis() + " ms").collect(Collectors.joining());
  }

  private static String word(EnvironmentId source) {
    return source.value().substring(0, source.value().lastIndexOf('-'));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
