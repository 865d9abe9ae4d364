package dev.offshoot.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTextTest {
  @Test
  void aLineCannotBeForged() {
    assertThat(PrintableText.of("a\r\nINFO outcome=accepted\u2028\u0085", 100)).isEqualTo("a??INFO outcome=accepted??");
  }

  @Test
  void aTerminalCannotBeSteeredAndTextNotReversed() {
    assertThat(PrintableText.of("\u001b[31m\u202eevil\u009b", 100)).isEqualTo("?[31m?evil?");
  }

  @Test
  void lettersOfAllLanguagesAndEmojiStay() {
    assertThat(PrintableText.of("fix/ünï-#2 東京 🚀", 100)).isEqualTo("fix/ünï-#2 東京 🚀");
  }

  @Property
  void nothingIsLongerThanAllowedOrBeyondUtf8(@ForAll String text) {
    String shown = PrintableText.of(text, 10);

    assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(10);
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(shown)).isTrue();
    assertThat(shown.chars()).noneMatch(Character::isISOControl);
  }
}
