package dev.offshoot.migrator;

import java.time.Duration;

import dev.offshoot.migrator.watch.Watched;

/** Takes what is measured while a run goes on. */
interface Notes {
  /** Of a run whose evidence nobody reads. */
  Notes NONE = new Notes() {
    @Override
    public Duration passed() {
      return Duration.ZERO;
    }

    @Override
    public void keep(String base, Watched soFar) {
      // nobody reads it
    }
  };

  /** Since the first attempt began. */
  Duration passed();

  /**
   * Writes down what is known by now.
   *
   * @param base the newest version in the schema history before the run
   */
  void keep(String base, Watched soFar);
}
