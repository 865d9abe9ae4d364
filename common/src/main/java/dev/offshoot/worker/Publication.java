package dev.offshoot.worker;

import java.util.List;

import dev.offshoot.environment.Facet;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;

/**
 * What one transaction says: all of it becomes visible, or none.
 *
 * @param facets new values of the worker's own facets of the lane's environment
 * @param events lifecycle events, in order
 * @param asks requests to the provisioner
 */
public record Publication(List<Facet> facets, List<LifecycleEvent> events, List<Request> asks) {
  public static final Publication NOTHING = new Publication(List.of(), List.of(), List.of());

  public Publication {
    facets = List.copyOf(facets);
    events = List.copyOf(events);
    asks = List.copyOf(asks);
  }

  public static Publication of(Facet facet, LifecycleEvent... events) {
    return new Publication(List.of(facet), List.of(events), List.of());
  }

  public static Publication of(List<? extends Facet> facets, LifecycleEvent... events) {
    return new Publication(List.copyOf(facets), List.of(events), List.of());
  }
}
