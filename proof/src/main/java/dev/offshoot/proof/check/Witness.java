package dev.offshoot.proof.check;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the evidence of a world. */
final class Witness {
  private final World world;

  Witness(World world) {
    this.world = world;
  }

  Evidence evidence() throws InterruptedException {
    throw new UnsupportedOperationException("not yet " + world);
  }
}
