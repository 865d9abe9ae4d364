package dev.offshoot.fault;

/**
 * A place before or after an effect or a commit at which a process can be stopped for good.
 *
 * <p>Law: a name is written as a literal where it is called, once in all the code, and reads {@code what.step}: small letters, digits and
 * dashes in at least two parts with dots between them. So the list of all points ({@code offshoot faults}) is read from the code itself and
 * cannot drift from it.
 */
public final class FaultPoint {
  private static final FaultPlan PLAN = FaultPlan.of(System.getenv());

  private FaultPoint() {}

  /** Goes on, unless this process was started to die here. */
  public static void at(String name) {
    PLAN.reached(name);
  }
}
