package dev.offshoot.event;

/** Anything that is said on a topic about one environment. */
public sealed interface Event permits Request, LifecycleEvent {

  /**
   * Whether a newer update that is queued right behind this one makes this one superfluous. Everything else is a barrier: it is
   * neither skipped nor overtaken.
   */
  default boolean isUpdate() {
    return false;
  }

  /** Whether an update that is still under way when this one is queued need not be brought to its end. */
  default boolean endsUpdates() {
    return isUpdate();
  }
}
