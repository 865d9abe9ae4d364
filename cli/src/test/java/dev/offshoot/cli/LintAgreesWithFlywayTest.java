package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resource.StringResource;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offshoot.reporter.lint.sql.Script;

/** What is measured of a statement joins what is said of it by its line, and Flyway says that line. */
class LintAgreesWithFlywayTest {
  private static final Path SUITE = Path.of("../reporter/src/test/resources/lint");
  /** Nothing of these is measured: Flyway refuses a string that is never closed, and what is meant for psql. */
  private static final Set<String> REFUSED = Set.of("hostile-open-string.sql", "psql.sql");

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SUITE)) {
      return files.filter(file -> file.toString().endsWith(".sql") && !REFUSED.contains(file.getFileName().toString()))
          .sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void statementsStartOnTheSameLines(Path script) throws IOException {
    String text = Files.readString(script);
    List<Integer> theirs = new ArrayList<>();
    PostgreSQLParser flyway =
        new PostgreSQLParser(new FluentConfiguration().placeholderReplacement(false), new ParsingContext());
    try (SqlStatementIterator statements = flyway.parse(new StringResource(text))) {
      statements.forEachRemaining(each -> theirs.add(each.getLineNumber()));
    }

    assertThat(Script.read(text).statements()).map(each -> each.source().line()).isEqualTo(theirs);
  }
}
