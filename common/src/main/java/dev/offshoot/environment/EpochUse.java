package dev.offshoot.environment;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which epochs of a static environment are in use. Pure.
 *
 * <p>Law: the newest is, and every one that an environment is made from which is not destroyed: what serves, what is made, and what is to
 * be made anew from the same one.
 */
public record EpochUse(Set<EpochId> used) {
  public EpochUse {
    used = Set.copyOf(used);
  }

  /**
   * @param source the repository's Staging or Production
   * @param all every environment that is known
   */
  public static EpochUse of(EnvironmentId source, Epochs epochs, Collection<EnvironmentState> all) {
    Stream<EpochId> newest = epochs.newest().map(Epoch::id).stream();
    return new EpochUse(Stream.concat(newest, all.stream().flatMap(state -> by(state, source))).collect(Collectors.toUnmodifiableSet()));
  }

  /** Of its Staging. */
  public static EpochUse of(RepositoryKey repository, Epochs epochs, Collection<EnvironmentState> all) {
    return of(EnvironmentId.staging(repository), epochs, all);
  }

  /** What one environment is made from, of this source. */
  public static Stream<EpochId> by(EnvironmentState state, EnvironmentId source) {
    Optional<Presence> present = state.presence().filter(presence -> presence.origin().source().equals(source));
    if (present.isEmpty() || present.get().intent() instanceof Intent.Destroyed) {
      return Stream.empty();
    }
    Stream<EpochId> made = state.stores().stream().flatMap(
        stores -> Stream.concat(Stream.of(stores.epoch()), stores.next().map(Stores.Next::epoch).stream()));
    return Stream.concat(meant(present.get().intent()), made).distinct();
  }

  private static Stream<EpochId> meant(Intent intent) {
    return switch (intent) {
      case Intent.Creating creating -> Stream.of(creating.epoch());
      case Intent.Standing standing -> Stream.of(standing.epoch());
      case Intent.Resetting resetting -> Stream.of(resetting.epoch());
      case Intent.Destroying _, Intent.Destroyed _, Intent.Declared _ -> Stream.empty();
    };
  }

  /** The epochs with since when they are out of use. */
  public Epochs marked(Epochs epochs, Instant now) {
    List<Epoch> marked = epochs.epochs().stream()
        .map(epoch -> epoch.unused(used.contains(epoch.id()) ? Optional.empty() : Optional.of(epoch.unusedSince().orElse(now)))).toList();
    return new Epochs(marked, epochs.retiring());
  }

  /** The moment from which there is something to be done about the epochs; empty while all is as it should be. */
  public Optional<Instant> due(Epochs epochs, Duration retention) {
    return Stream.concat(
            epochs.retiring().map(Epoch::takenAt).stream(),
            epochs.epochs().stream().flatMap(epoch -> due(epoch, retention).stream()))
        .min(Instant::compareTo);
  }

  private Optional<Instant> due(Epoch epoch, Duration retention) {
    if (used.contains(epoch.id())) {
      return epoch.unusedSince();
    }
    return Optional.of(epoch.unusedSince().map(since -> since.plus(retention)).orElse(epoch.takenAt()));
  }
}
