package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.reporter.lint.Rules;
import dev.offshoot.wire.Json;

class LintCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  Path folder;

  private int lint(String... arguments) {
    String[] all = Stream.concat(Stream.of("lint"), Stream.of(arguments)).toArray(String[]::new);
    return OffshootMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
  }

  private String script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  @Test
  void aFindingIsSaidAsCompilersDoWithTheSaferWayAndFails() throws IOException {
    String file = script("V1__a.sql", "SET lock_timeout = '1s';\n\nALTER TABLE users DROP COLUMN name;\n");

    assertThat(lint(file)).isEqualTo(1);
    assertThat(out.toString()).startsWith(file + ":3: needs-dba ban-drop-column (users.name): ").contains("    Safer: ");
    assertThat(err.toString()).contains("1 script: 1 needs-dba");
  }

  @Test
  void whatWeighsLessThanFailOnPasses() throws IOException {
    String file = script("V1__a.sql", "CREATE TABLE a (id integer);");

    assertThat(lint(file)).isZero();
    assertThat(lint(file, "--fail-on", "warn")).isEqualTo(1);
    assertThat(lint(file, "--fail-on", "blocked")).isZero();
    assertThat(lint(script("V2__b.sql", "CREATE TABLE b (id bigint);"))).isZero();
  }

  @Test
  void aFolderIsReadInFlywaysOrderWithThoseBelowAndWhatConfiguresAScript() throws IOException {
    script("V10__use.sql", "SET lock_timeout = '1s';\nALTER TABLE fresh DROP COLUMN a;");
    script("V9__make.sql", "CREATE TABLE fresh (a bigint, b bigint);");
    script("R__last.sql", "DELETE FROM fresh;");
    script("notes.txt", "DROP TABLE x;");
    script("2025/V10.1__index.sql", "SET lock_timeout = '1s';\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (id);");
    script("2025/V10.1__index.sql.conf", "executeInTransaction=false");
    script(".old/V11__hidden.sql", "DROP TABLE orders;");

    assertThat(lint(folder.toString())).as(out.toString()).isZero();
    assertThat(err.toString()).contains("4 scripts: nothing found");
  }

  @Test
  void aFolderWithoutScriptsIsWrongUsageAndDoesNotPass() throws IOException {
    script("notes.txt", "DROP TABLE x;");

    assertThat(lint(folder.toString())).isEqualTo(2);
    assertThat(lint("--json", folder.toString())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("There are no .sql files in or below " + folder);
  }

  @Test
  void theSameAsJson() throws IOException {
    String file = script("V1__a.sql", """
        -- offshoot:allow ban-drop-table: empty since 2024
        DROP TABLE a;
        DROP TABLE b;
        """);

    assertThat(lint("--json", file)).isEqualTo(1);
    JsonNode result = Json.mapper().readTree(out.toString());
    assertThat(result.path("passed").asBoolean(true)).isFalse();
    assertThat(result.path("scripts").asInt()).isEqualTo(1);
    assertThat(result.path("findings").findValuesAsText("rule"))
        .containsExactly("ban-drop-table", "require-lock-timeout", "ban-drop-table");
    assertThat(result.path("findings").get(0).path("silenced").asText()).isEqualTo("empty since 2024");
    assertThat(result.path("findings").get(2).path("line").asInt()).isEqualTo(3);
  }

  @Test
  void allRulesAreListed() {
    List<String> names = Rules.all().stream().map(rule -> rule.id().value()).toList();

    assertThat(lint("--rules")).isZero();
    assertThat(out.toString()).contains(names);
  }

  @Test
  void namesOfAHostileBranchDoNotReachTheTerminal() throws IOException {
    String file = script("V1__a.sql", "DROP TABLE \"a\u001b[31m\nb\";");

    assertThat(lint(file)).isEqualTo(1);
    assertThat(out.toString()).doesNotContain("\u001b").contains("ban-drop-table");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nowhere.sql", "--fail-on nonsense -", "--also nonsense -", "--postgres many -"})
  void wrongUsageIsExitCodeTwo(String arguments) {
    assertThat(lint(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank();
    assertThat(out.toString()).isEmpty();
  }
}
