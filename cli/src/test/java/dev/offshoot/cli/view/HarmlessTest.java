package dev.offshoot.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HarmlessTest {

  @Test
  void escapeSequencesAndTurnedTextDoNotReachTheTerminal() {
    assertThat(Harmless.line("a\u001b[2Jb\rc\nd\u202Ee\u200Bf")).isEqualTo("a\uFFFD[2Jb\uFFFDc\uFFFDd\uFFFDe\uFFFDf");
  }

  @Test
  void lettersOfEveryScriptAndSymbolsStay() {
    assertThat(Harmless.line("feature/größe-日本-🎉")).isEqualTo("feature/größe-日本-🎉");
  }

  @Test
  void aBlockKeepsItsLines() {
    assertThat(Harmless.block("SELECT\n\t1\u001b[0m")).isEqualTo("SELECT\n\t1\uFFFD[0m");
  }
}
