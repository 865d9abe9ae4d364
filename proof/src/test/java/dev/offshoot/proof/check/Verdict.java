package dev.offshoot.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

/** What the rules say of a story. */
final class Verdict {
  static final Expectation EXPECTED = Expectation.NOTHING.withAcknowledged(Set.of(Story.DELIVERY));

  private Verdict() {}

  static List<Violation> found(Story story) {
    return Rules.all(story.evidence(), EXPECTED);
  }

  static void assertOnly(Story story, Invariant invariant, String evidence) {
    assertThat(found(story)).isNotEmpty()
        .allSatisfy(violation -> assertThat(violation.invariant()).as(violation.toString()).isEqualTo(invariant))
        .anySatisfy(violation -> assertThat(violation.toString()).contains(evidence));
  }

  static void assertAmong(Story story, Invariant invariant, String evidence) {
    assertThat(found(story)).anySatisfy(violation -> {
      assertThat(violation.invariant()).isEqualTo(invariant);
      assertThat(violation.toString()).contains(evidence);
    });
  }
}
