package dev.offshoot.provisioner.postgres;

import dev.offshoot.environment.ResourceName;

/** The names a database has in its life, each at most 63 bytes. */
final class Names {
  private static final String KEPT = "retained_";
  private static final int LONGEST = 63;

  private Names() {
  }

  /** While it is being made. A resource's name has at most 60 bytes. */
  static String unfinished(ResourceName name) {
    return "t_" + name.value();
  }

  /** Once it is closed and kept. The end of the name tells resources apart: it holds hash and incarnation. */
  static String kept(ResourceName name) {
    int room = LONGEST - KEPT.length();
    return KEPT + name.value().substring(Math.max(0, name.value().length() - room));
  }
}
