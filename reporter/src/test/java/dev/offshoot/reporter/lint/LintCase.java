package dev.offshoot.reporter.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.offshoot.reporter.lint.LintOptions.Transactions;
import dev.offshoot.reporter.lint.sql.TableName;

/** A migration with what its marks say is wrong with it; the README beside the migrations says how they are read. */
record LintCase(MigrationFile script, LintOptions options, List<String> expected) {
  private static final Path FOLDER = Path.of("src/test/resources/lint");
  private static final String MARK = "--! ";
  private static final String WITH = "-- with: ";
  private static final String TOLD = "executeInTransaction=";

  static List<LintCase> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().map(LintCase::read).toList();
    }
  }

  private static LintCase read(Path file) {
    try {
      String text = Files.readString(file);
      return new LintCase(new MigrationFile(file.getFileName().toString(), text, told(text)), options(text), marks(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Boolean> told(String text) {
    return text.lines().limit(1).flatMap(first -> Stream.of(first.split(" ", -1))).filter(word -> word.startsWith(TOLD))
        .map(word -> Boolean.valueOf(word.substring(TOLD.length()))).findFirst();
  }

  private static LintOptions options(String text) {
    LintOptions options = LintOptions.FLYWAY;
    String first = text.lines().findFirst().orElse("");
    for (String word : first.startsWith(WITH) ? first.substring(WITH.length()).split(" ", -1) : new String[0]) {
      String value = word.substring(word.indexOf('=') + 1);
      options = switch (word.split("=", 2)[0]) {
        case "no-transaction" -> options.with(Transactions.BY_HAND);
        case "postgres" -> options.onVersion(Integer.parseInt(value));
        case "also" -> options.alsoLookingFor(Set.of(new RuleId(value)));
        case "existing" -> options.knowing(Set.of(new TableName(Optional.empty(), value)));
        case "executeInTransaction" -> options; // what is said of the script alone
        default -> throw new IllegalArgumentException(word);
      };
    }
    return options;
  }

  private static List<String> marks(String text) {
    List<String> expected = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int mark = lines.get(i).lastIndexOf(MARK);
      if (mark >= 0) {
        List<String> words = Arrays.asList(lines.get(i).substring(mark + MARK.length()).strip().split(" ", -1));
        boolean elsewhere = words.getFirst().startsWith("@");
        int line = elsewhere ? Integer.parseInt(words.getFirst().substring(1)) : i + 1;
        words.stream().skip(elsewhere ? 1 : 0).map(rule -> line + " " + rule).forEach(expected::add);
      }
    }
    return expected.stream().sorted().toList();
  }

  List<Finding> findings() {
    return new Lint(options).check(List.of(script));
  }

  static String shown(Finding finding) {
    return finding.line() + " " + finding.id() + (finding.silenced().isPresent() ? "?" : "");
  }

  @Override
  public String toString() {
    return script.name();
  }
}
