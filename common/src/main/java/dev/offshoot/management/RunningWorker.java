package dev.offshoot.management;

/** A worker with all it needs, from its start to {@link #close}. */
public interface RunningWorker extends AutoCloseable {

  Health health();
}
