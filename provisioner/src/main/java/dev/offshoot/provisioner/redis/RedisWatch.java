package dev.offshoot.provisioner.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.ResourceName;
import dev.offshoot.worker.Failure;

/**
 * Looks every {@link #EVERY} for servers that have died alone. A look reads two small files for each and asks no server;
 * one that cannot be started again is tried ever more rarely.
 */
final class RedisWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RedisWatch.class);
  static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration RAREST = Duration.ofMinutes(1);

  private final Supplier<List<ResourceName>> servers;
  private final Predicate<ResourceName> dead;
  private final Consumer<ResourceName> revive;
  private final Map<ResourceName, Trial> failed = new HashMap<>();

  RedisWatch(Supplier<List<ResourceName>> servers, Predicate<ResourceName> dead, Consumer<ResourceName> revive) {
    this.servers = servers;
    this.dead = dead;
    this.revive = revive;
  }

  private record Trial(Duration pause, long at) {
    boolean isOver() {
      return System.nanoTime() - at >= pause.toNanos();
    }
  }

  /** Until its thread is interrupted. */
  void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        look();
      } catch (Failure e) {
        LOG.atWarn().setCause(e).log("Whether the environments' Redis servers run could not be seen");
      }
      LockSupport.parkNanos(EVERY.toNanos());
    }
  }

  private void look() {
    List<ResourceName> all = servers.get();
    failed.keySet().retainAll(all);
    for (ResourceName name : all) {
      if (dead.test(name) && last(name).filter(trial -> !trial.isOver()).isEmpty()) {
        revive(name);
      }
    }
  }

  private Optional<Trial> last(ResourceName name) {
    return Optional.ofNullable(failed.get(name));
  }

  private void revive(ResourceName name) {
    LOG.atWarn().addKeyValue("server", name).log("A Redis server has died and is started again");
    try {
      revive.accept(name);
      failed.remove(name);
    } catch (Failure e) {
      Duration next = last(name).map(Trial::pause).orElse(EVERY).multipliedBy(2);
      failed.put(name, new Trial(next.compareTo(RAREST) > 0 ? RAREST : next, System.nanoTime()));
      LOG.atError().addKeyValue("server", name).setCause(e).log("It could not be started");
    }
  }
}
