package dev.offshoot.provisioner.postgres.server;

import dev.offshoot.environment.ResourceName;

/** The names a database has in its life, each at most 63 bytes. */
public final class Names {
  private static final String KEPT = "retained_";
  private static final String SCRATCH = "t_try_";
  private static final int LONGEST = 63;

  private Names() {
  }

  /** While it is being made. A resource's name has at most 60 bytes. */
  public static String unfinished(ResourceName name) {
    return "t_" + name.value();
  }

  /** Once it is closed and kept. The end of the name tells resources apart: it holds hash and incarnation. */
  public static String kept(ResourceName name) {
    return KEPT + end(name.value(), LONGEST - KEPT.length());
  }

  /** What a template's ways to be cloned are tried with. */
  public static String scratch(String template) {
    return SCRATCH + end(template, LONGEST - SCRATCH.length());
  }

  private static String end(String name, int room) {
    return name.substring(Math.max(0, name.length() - room));
  }
}
