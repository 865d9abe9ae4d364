package dev.offshoot.reporter;

import dev.offshoot.management.Health;

/** Of two runtimes in one process: what the first has to complain of, else what the second says. */
record BothHealths(Health first, Health second) implements Health {

  @Override
  public Condition live() {
    return both(first.live(), second.live());
  }

  @Override
  public Condition ready() {
    return both(first.ready(), second.ready());
  }

  private static Condition both(Condition one, Condition other) {
    return one.isGood() ? other : one;
  }
}
