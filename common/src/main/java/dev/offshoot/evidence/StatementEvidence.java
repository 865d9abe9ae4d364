package dev.offshoot.evidence;

import java.util.List;
import java.util.Optional;

/**
 * One statement that was started.
 *
 * @param gaps what could not be measured of it, and why
 */
public record StatementEvidence(
    StatementSource source, Execution execution, Locking locking, Effects effects, List<Gap> gaps) {
  public StatementEvidence {
    gaps = List.copyOf(gaps);
  }

  /** Why an aspect is not measured; empty when it is. */
  public Optional<String> gap(Aspect aspect) {
    return gaps.stream().filter(gap -> gap.aspect() == aspect).map(Gap::why).findFirst();
  }
}
