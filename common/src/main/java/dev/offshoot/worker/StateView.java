package dev.offshoot.worker;

import java.util.Collection;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;

/** The newest value of every facet of every environment, as far as read. */
public interface StateView {

  /** One environment; {@link EnvironmentState#unknown} when nothing was said of it. */
  EnvironmentState of(EnvironmentId id);

  /** All that something was said of, destroyed ones too, in no order. */
  Collection<EnvironmentState> all();
}
