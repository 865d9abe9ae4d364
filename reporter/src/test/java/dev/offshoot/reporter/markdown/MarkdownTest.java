package dev.offshoot.reporter.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void aFenceIsLongerThanAnyRunOfBackticksInside() {
    assertThat(Markdown.code("plain")).isEqualTo("` plain `");
    assertThat(Markdown.code("a``b`c")).isEqualTo("``` a``b`c ```");
    assertThat(Markdown.block("sql", "x\n`````\n# no heading"))
        .isEqualTo("``````sql\nx\n`````\n# no heading\n``````\n");
    assertThat(Markdown.block("text", "x")).isEqualTo("```text\nx\n```\n");
  }

  @Test
  void codeStaysOnOneLineAndIsNeverEmpty() {
    assertThat(Markdown.code("a\n\n# b")).isEqualTo("` a # b `");
    assertThat(Markdown.code("")).isEqualTo("` (empty) `");
  }

  @Test
  void charactersThatActAreShown() {
    assertThat(Markdown.code("a\u202eb\u001b[2Jc\u0000")).isEqualTo("` a\\u{202e}b\\u{1b}[2Jc\\u{0} `");
    assertThat(Markdown.block("text", "a\r\nb\tc")).isEqualTo("```text\na\\u{d}\nb\tc\n```\n");
  }

  @Test
  void whatIsTooLongIsCutHoweverMuchItGrowsWhenItIsQuoted() {
    assertThat(Markdown.code("abcdef", 6)).isEqualTo("` abcdef `");
    assertThat(Markdown.code("abcdefg", 6)).isEqualTo("` abcdef… `");
    assertThat(Markdown.code("🦊🦊", 3)).isEqualTo("` 🦊… `");
    assertThat(Markdown.code("\u202e".repeat(500), 200)).hasSizeLessThanOrEqualTo(310).contains("…");
    assertThat(Markdown.code("`".repeat(500), 200)).hasSizeLessThanOrEqualTo(310).contains("…");
  }
}
