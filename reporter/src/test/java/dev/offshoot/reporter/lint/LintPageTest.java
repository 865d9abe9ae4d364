package dev.offshoot.reporter.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

/** docs/lint.md and the rules say the same. */
class LintPageTest {
  @Test
  void thePageHasEveryRuleInOrderAndNoOther() throws IOException {
    List<String> rows = Files.readAllLines(Path.of("../docs/lint.md")).stream()
        .filter(line -> line.startsWith("| `")).toList();

    assertThat(rows).containsExactlyElementsOf(Rules.all().stream().map(LintPageTest::row).toList());
  }

  private static String row(Rule rule) {
    String severity = rule.severity().label() + (rule.onDemand() ? ", on demand" : "")
        + (rule.origin() == Rule.Origin.OFFSHOOT ? ", ours" : "");
    return "| " + String.join(" | ", "`" + rule.id() + "`", severity, rule.advice().detects(), rule.advice().why(),
        rule.advice().saferWay()) + " |";
  }
}
