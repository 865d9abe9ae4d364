package dev.offshoot.provisioner.pool;

/**
 * A copy that stands ready. It has no owner tag, so no environment's remains are ever mistaken for one, nor it for them.
 *
 * @param identity of no other copy, whatever its name
 * @param snapshot the name of what it is a copy of
 */
public record Slot(String identity, String name, String snapshot) {
  /** What the names of all begin with. */
  public static final String START = "pool_";
  private static final int LONGEST = 63;
  /** Beside the snapshot's name: how it begins while it is made, and its number. */
  private static final int AROUND = "t_pool_".length() + "_99".length();

  /** What the names of all slots of a snapshot begin with. The end of its name holds hash and epoch. */
  public static String start(String snapshot) {
    return START + snapshot.substring(Math.max(0, snapshot.length() - LONGEST + AROUND)) + "_";
  }

  /** The name of the slot with a number. */
  public static String name(String snapshot, int number) {
    return start(snapshot) + number;
  }

  /** While it is being made. */
  public static String unfinished(String name) {
    return "t_" + name;
  }

  int number() {
    return Integer.parseInt(name.substring(name.lastIndexOf('_') + 1));
  }
}
