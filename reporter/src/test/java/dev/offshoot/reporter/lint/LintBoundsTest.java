package dev.offshoot.reporter.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script may be anything; reading it ends, in little memory, and says what was not understood. */
@Timeout(120)
class LintBoundsTest {
  private static List<String> rules(String text) {
    return findings(text).stream().map(each -> each.id().value()).distinct().toList();
  }

  private static List<Finding> findings(String text) {
    return new Lint(LintOptions.FLYWAY).check(List.of(new MigrationFile("V1__x.sql", text)));
  }

  @Test
  void aMegabyteOfRowsIsReadAndWhatFollowsIsFoundOnItsLine() {
    String rows = "(1, 'some text; DROP TABLE never', now()),\n".repeat(25_000);
    String text = "INSERT INTO t (a, b, c) VALUES\n" + rows + "(2, '', now());\nDROP TABLE x;";

    assertThat(text.length()).isGreaterThan(1_000_000);
    assertThat(findings(text)).filteredOn(each -> each.id().value().equals("ban-drop-table"))
        .singleElement().extracting(Finding::line).isEqualTo(25_003);
    assertThat(rules(text)).doesNotContain("could-not-be-read");
  }

  @Test
  void aStatementThatIsTooLongIsSaidAndTheNextOneIsRead() {
    String text = "SELECT 1" + " + 1".repeat(300_000) + ";\nTRUNCATE x;";

    assertThat(rules(text)).contains("could-not-be-read", "ban-truncate");
  }

  @Test
  void aSumOfAHundredThousandIsNoDeepStack() {
    assertThat(rules("SELECT 1" + " + 1".repeat(100_000) + ";")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "CASE WHEN ", "NOT ", "- ", "(SELECT ", "ARRAY[", "1 IN (", "f(", "E'\\", "/*", "$a$",
      "+", "=+", "U&'", "E'\\'' ", "$"})
  void deepNestingIsSaid(String opening) {
    String text = "SELECT " + opening.repeat(5_001) + "\n;\n";

    assertThat(rules(text)).containsExactly("could-not-be-read");
    assertThat(findings(text)).extracting(Finding::line).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$a", "\"", "'", "é", "1.", ".", "--\n", "/**/", ";", "''\n", "E'\\\\'\n", "\u00A0", "\\\n"})
  void longRunsOfOneThingEnd(String one) {
    assertThatCode(() -> findings("SELECT " + one.repeat(20_000))).doesNotThrowAnyException();
  }

  @Test
  void wellFormedNestingIsReadToTheBound() {
    assertThat(rules("SELECT " + "(".repeat(150) + "1" + ")".repeat(150) + ";")).isEmpty();
    assertThat(rules("SELECT " + "(".repeat(250) + "1" + ")".repeat(250) + ";")).containsExactly("could-not-be-read");
    assertThat(rules("SELECT " + "(SELECT ".repeat(60) + "1" + ")".repeat(60) + ";")).isEmpty();
  }

  @Test
  void tooManyFindingsAreCutAndThatIsSaid() {
    List<Finding> findings = findings("DROP TABLE x;\n".repeat(1_100));

    assertThat(findings).hasSize(1_001);
    assertThat(findings.getLast().id().value()).isEqualTo("findings-cut");
    assertThat(findings.getLast().counts(Severity.NEEDS_DBA)).isTrue();
  }

  @Test
  void aFileThatIsTooLargeIsNotReadAtAll() {
    assertThat(rules(" ".repeat(6 << 20))).containsExactly("could-not-be-read");
  }

  @Test
  void excerptsAndNamesAreBounded() {
    Finding one = findings("DROP TABLE \"" + "x".repeat(5_000) + "\";").stream()
        .filter(each -> each.id().value().equals("ban-drop-table")).findFirst().orElseThrow();

    assertThat(one.place().statement()).hasSize(500);
    assertThat(one.object().orElseThrow().length()).isLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", ";;;\n;", "-- only a comment", "/* open", "'", "\"", "$$", "E'", "\\", "\uFEFFSELECT 1",
      "\uFEFF", "\u0000", "\uD800", "SELECT 1 \\gset", "COPY t FROM STDIN;", "COPY t FROM STDIN;\n1\n\\.", "DO $$", "DO $$$$",
      "DO $$ BEGIN", "DO 1", ")", ");", "BEGIN ATOMIC", "END", "SELECT $1", "U&'", "1e", "é", "-- offshoot:allow", "/**/",
      "--", "/*/", "CREATE", "ALTER TABLE", "SET", "RESET ALL", "VACUUM", "CLUSTER", "DROP OWNED BY x CASCADE",
      "-- offshoot:allow :", "/* squawk-ignore */ SELECT 1"})
  void anythingMayBeAScript(String text) {
    assertThatCode(() -> findings(text)).doesNotThrowAnyException();
  }

  @Test
  void noMixtureOfFragmentsThrows() {
    String[] fragments = {"ALTER TABLE ", "t ", "ADD COLUMN ", "a ", "int ", "NOT NULL ", "DEFAULT ", "(", ")", ",", ";", "'x'",
        "E'\\'", "$$", "$b$", "/*", "*/", "--", "\n", "BEGIN ", "ATOMIC ", "END ", "DO ", "COPY ", "FROM ", "STDIN", "\\.",
        "SELECT ", "1", "DROP ", "TABLE ", "CREATE ", "INDEX ", "CONCURRENTLY ", "ON ", "CHECK ", "\"q\" ", "SET ", "= "};
    Random random = new Random(1);
    for (int run = 0; run < 1_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(25); i >= 0; i--) {
        text.append(fragments[random.nextInt(fragments.length)]);
      }
      assertThatCode(() -> findings(text.toString())).as(text.toString()).doesNotThrowAnyException();
    }
  }
}
