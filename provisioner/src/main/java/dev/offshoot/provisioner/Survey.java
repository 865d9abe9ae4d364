package dev.offshoot.provisioner;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.provisioner.store.Original;

/** Looks what the stores hold, without changing anything; for who has lost the state of it. */
public final class Survey implements AutoCloseable {
  private final ConfiguredStores configured;

  private Survey(ConfiguredStores configured) {
    this.configured = configured;
  }

  public static Survey open(OffshootConfig config) {
    return new Survey(ConfiguredStores.of(config, Clock.systemUTC()));
  }

  /** What was seen of one environment. */
  public sealed interface Seen {
    /** It can be taken up as it stands. */
    record Standing(Incarnation incarnation, EpochId epoch) implements Seen {}

    /** Only backups: it was destroyed. */
    record Destroyed(Incarnation incarnation) implements Seen {}

    /** Something that cannot be taken up; the next incarnation would be made. */
    record Broken(Incarnation incarnation, String why) implements Seen {}

    record Nothing() implements Seen {}
  }

  /** Something with an owner tag. */
  public record Tagged(RepositoryKey repository, EnvironmentId environment, Incarnation incarnation, boolean backup) {}

  /** The snapshots of a repository that can be cloned, oldest first. */
  public List<Epoch> epochs(RepositoryConfig repository) {
    return configured.stores().epochs(repository);
  }

  /** The same of its Production; none where that is not configured. */
  public List<Epoch> epochsOfProduction(RepositoryConfig repository) {
    return Original.production(repository).map(configured.stores()::epochs).orElse(List.of());
  }

  /** @param epochs those that can be cloned */
  public Seen see(RepositoryConfig repository, EnvironmentId environment, List<Epoch> epochs)
      throws InterruptedException {
    EnvironmentStores stores = configured.stores();
    return switch (Remains.of(stores.list(repository, environment), stores, epochs)) {
      case Remains.Whole(var tag, _) -> new Seen.Standing(tag.owner().incarnation(), tag.epoch());
      case Remains.Backups backups -> new Seen.Destroyed(backups.newest());
      case Remains.Broken(var newest, var why) -> new Seen.Broken(newest, why);
      case Remains.None() -> new Seen.Nothing();
    };
  }

  /** What has an owner tag, but none of these environments for its owner. */
  public List<Tagged> besides(Set<EnvironmentId> environments) {
    return configured.inventory().all().stream()
        .filter(found -> !environments.contains(found.owner().environment()))
        .map(found -> new Tagged(found.owner().repository(), found.owner().environment(), found.owner().incarnation(),
            switch (found.condition()) {
              case KEPT -> true;
              case STANDING, UNFINISHED -> false;
            }))
        .toList();
  }

  @Override
  public void close() throws Exception {
    configured.close();
  }
}
