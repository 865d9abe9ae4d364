package dev.offshoot.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Facet;

/** A context in memory, to call a worker's handler directly. */
public final class MemoryContext implements Context {
  private final List<Publication> committed = new ArrayList<>();
  private final List<EnvironmentState> others = new ArrayList<>();
  private volatile EnvironmentState environment;
  private volatile boolean superseded;
  private int attempt = 1;

  public MemoryContext(EnvironmentState environment) {
    this.environment = environment;
  }

  /** As after another worker's facet arrived, or after an outcome was committed. */
  public MemoryContext with(Facet facet) {
    environment = environment.with(facet);
    return this;
  }

  /** Another environment that is known, such as Staging. */
  public MemoryContext knowing(EnvironmentState other) {
    others.add(other);
    return this;
  }

  public MemoryContext supersede() {
    superseded = true;
    return this;
  }

  public MemoryContext attempt(int number) {
    attempt = number;
    return this;
  }

  /** What was published before the outcome. */
  public List<Publication> committed() {
    return List.copyOf(committed);
  }

  @Override
  public EnvironmentState environment() {
    return environment;
  }

  @Override
  public StateView state() {
    return new StateView() {
      @Override
      public EnvironmentState of(EnvironmentId id) {
        return all().stream().filter(one -> one.id().equals(id)).findFirst()
            .orElseGet(() -> EnvironmentState.unknown(id));
      }

      @Override
      public Collection<EnvironmentState> all() {
        List<EnvironmentState> all = new ArrayList<>(others);
        all.add(environment);
        return all;
      }
    };
  }

  @Override
  public void commit(Publication publication) {
    committed.add(publication);
    publication.facets().forEach(this::with);
  }

  @Override
  public boolean superseded() {
    return superseded;
  }

  @Override
  public int attempt() {
    return attempt;
  }
}
