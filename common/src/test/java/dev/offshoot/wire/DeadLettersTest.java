package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.wire.DeadLetter.Content;
import dev.offshoot.wire.DeadLetter.How;
import dev.offshoot.wire.DeadLetter.Origin;
import dev.offshoot.wire.DeadLetter.Settlement;

class DeadLettersTest {
  private static final Settlement DISCARDED = new Settlement(How.DISCARDED, "ann", Instant.EPOCH, Optional.empty());

  private static DeadLetter letter(long offset, String worker, long of, Optional<Settlement> settled) {
    return new DeadLetter(new DeadLetterId(3, offset), new Origin(worker, "offshoot.requests", 3, of, 1, "junk", Instant.EPOCH), "key",
        List.of(), new Content.Undecodable("junk", "", 0), settled);
  }

  @Test
  void aRecordThatWasGivenUpTwiceIsOneLetterTheOldest() {
    List<DeadLetter> letters = DeadLetters.once(List.of(letter(8, "provisioner", 40, Optional.empty()),
        letter(5, "provisioner", 40, Optional.empty()), letter(9, "provisioner", 40, Optional.empty())));

    assertThat(letters).extracting(letter -> letter.id().offset()).containsExactly(5L);
    assertThat(letters.getFirst().settled()).isEmpty();
  }

  @Test
  void aSettlementOfAnyOfThemSettlesTheLetter() {
    for (int settled = 0; settled < 3; settled++) {
      int one = settled;
      List<DeadLetter> letters = DeadLetters.once(List.of(0, 1, 2).stream()
          .map(i -> letter(i, "provisioner", 40, i == one ? Optional.of(DISCARDED) : Optional.empty())).toList());

      assertThat(letters).singleElement().satisfies(letter -> assertThat(letter.settled()).contains(DISCARDED));
    }
  }

  @Test
  void anotherWorkersAnotherRecordsAndNobodysLettersStayApart() {
    assertThat(DeadLetters.once(List.of(letter(0, "provisioner", 40, Optional.empty()), letter(1, "migrator", 40, Optional.empty()),
        letter(2, "provisioner", 41, Optional.empty()), letter(3, "", 40, Optional.empty()), letter(4, "", 40, Optional.empty()))))
        .hasSize(5);
  }
}
