package dev.offshoot.evidence;

import java.util.List;

/** What a statement locked and waited for. */
public record Locking(List<Lock> locks, List<Wait> waits) {
  public static final Locking NONE = new Locking(List.of(), List.of());

  public Locking {
    locks = List.copyOf(locks);
    waits = List.copyOf(waits);
  }
}
