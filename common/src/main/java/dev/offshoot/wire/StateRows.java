package dev.offshoot.wire;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.FacetName;
import dev.offshoot.worker.StateView;

/** The newest entries of {@code offshoot.state}, one row per environment. For several threads: a row changes as a whole. */
public final class StateRows implements StateView, StateIndex {
  private final Map<EnvironmentId, Row> rows = new ConcurrentHashMap<>();

  @Override
  public void apply(StateEntry entry) {
    rows.compute(entry.environment(), (id, row) -> (row == null ? Row.empty(id) : row).with(entry));
  }

  private Row row(EnvironmentId id) {
    Row row = rows.get(id);
    return row == null ? Row.empty(id) : row;
  }

  @Override
  public EnvironmentState of(EnvironmentId id) {
    return row(id).state();
  }

  @Override
  public Collection<EnvironmentState> all() {
    return rows.values().stream().map(Row::state).toList();
  }

  @Override
  public Map<FacetName, Long> versions(EnvironmentId id) {
    return row(id).versions();
  }

  @Override
  public StateEntry.OfCursor cursor(EnvironmentId id, String worker) {
    StateEntry.OfCursor known = row(id).cursors().get(worker);
    return known == null ? new StateEntry.OfCursor(id, 0, worker, Cursor.START) : known;
  }

  private record Row(EnvironmentState state, Map<FacetName, Long> versions, Map<String, StateEntry.OfCursor> cursors) {
    static Row empty(EnvironmentId id) {
      return new Row(EnvironmentState.unknown(id), Map.of(), Map.of());
    }

    Row with(StateEntry entry) {
      return switch (entry) {
        case StateEntry.OfFacet f when f.version() > versions.getOrDefault(f.facet().facet(), 0L) -> {
          Map<FacetName, Long> next = new EnumMap<>(FacetName.class);
          next.putAll(versions);
          next.put(f.facet().facet(), f.version());
          yield new Row(state.with(f.facet()), next, cursors);
        }
        case StateEntry.OfCursor c when !cursors.containsKey(c.worker()) || c.version() > cursors.get(c.worker()).version() -> {
          Map<String, StateEntry.OfCursor> next = new HashMap<>(cursors);
          next.put(c.worker(), c);
          yield new Row(state, versions, next);
        }
        case StateEntry.OfFacet _, StateEntry.OfCursor _ -> this;
      };
    }
  }
}
