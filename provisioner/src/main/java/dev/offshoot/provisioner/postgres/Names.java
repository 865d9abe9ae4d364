package dev.offshoot.provisioner.postgres;

import dev.offshoot.environment.ResourceName;

/** The names a database has in its life, each at most 63 bytes. */
final class Names {
  private static final String KEPT = "retained_";
  /** What the name of every slot begins with. */
  static final String SLOT = "pool_";
  private static final String SCRATCH = "t_try_";
  /** Of a slot's name beside the template's: how it begins while it is made, and its number. */
  private static final int SLOT_AROUND = "t_pool_".length() + "_99".length();
  private static final int LONGEST = 63;

  private Names() {
  }

  /** While it is being made. A resource's name has at most 60 bytes. */
  static String unfinished(ResourceName name) {
    return "t_" + name.value();
  }

  /** Once it is closed and kept. The end of the name tells resources apart: it holds hash and incarnation. */
  static String kept(ResourceName name) {
    return KEPT + end(name.value(), LONGEST - KEPT.length());
  }

  /** What the names of all slots of a template begin with. The end of its name holds hash and epoch. */
  static String slots(String template) {
    return SLOT + end(template, LONGEST - SLOT_AROUND) + "_";
  }

  static String slot(String template, int number) {
    return slots(template) + number;
  }

  /** While a slot is being made. */
  static String unfinishedSlot(String slot) {
    return "t_" + slot;
  }

  /** What a template's ways to be cloned are tried with. */
  static String scratch(String template) {
    return SCRATCH + end(template, LONGEST - SCRATCH.length());
  }

  private static String end(String name, int room) {
    return name.substring(Math.max(0, name.length() - room));
  }
}
