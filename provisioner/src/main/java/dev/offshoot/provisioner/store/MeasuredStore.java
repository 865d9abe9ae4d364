package dev.offshoot.provisioner.store;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.management.Timings;

/** A store whose calls are timed, by store, verb and whether they came to an end. */
public record MeasuredStore(Store store, MeterRegistry registry) implements Store {

  @Override
  public StoreKind kind() {
    return store.kind();
  }

  @Override
  public Optional<Standing> find(Owner owner) {
    return timed("find", () -> store.find(owner));
  }

  @Override
  public StoreCoordinates ensure(Blueprint blueprint) {
    return timed("ensure", () -> store.ensure(blueprint));
  }

  @Override
  public Ensured ensured(Blueprint blueprint) {
    return timed("ensure", () -> store.ensured(blueprint));
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    return timed("snapshot", () -> store.snapshot(owner));
  }

  @Override
  public void delete(Owner owner, Removal removal) {
    timed("delete", () -> {
      store.delete(owner, removal);
      return true;
    });
  }

  @Override
  public void check(Owner owner, Removal removal) {
    timed("check", () -> {
      store.check(owner, removal);
      return true;
    });
  }

  @Override
  public List<Found> list(RepositoryKey repository, EnvironmentId environment) {
    return timed("list", () -> store.list(repository, environment));
  }

  private <T> T timed(String step, Supplier<T> call) {
    long began = System.nanoTime();
    String outcome = "threw";
    try {
      T answer = call.get();
      outcome = "done";
      return answer;
    } finally {
      Timings.timer(registry, "offshoot.store.step", "Time of a store's verb",
          "store", kind().name().toLowerCase(Locale.ROOT), "step", step, "outcome", outcome)
          .record(Duration.ofNanos(System.nanoTime() - began));
    }
  }
}
