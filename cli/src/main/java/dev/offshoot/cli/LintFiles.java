package dev.offshoot.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.flyway.Migrations;
import dev.offshoot.flyway.ScriptConfiguration;
import dev.offshoot.reporter.lint.MigrationFile;

/** The scripts that are meant, in the order in which they run. */
final class LintFiles {
  private static final String STANDARD_INPUT = "-";
  /** More than is read anyway; what is longer is said to be too long. */
  private static final int MOST_BYTES = 24 << 20;

  private final InputStream standardInput;

  LintFiles(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /**
   * @param names files in the order given, folders with all {@code .sql} files in and below them, or {@code -}
   * @throws IllegalArgumentException for what is not there, and for a folder without scripts: a wrong path must not pass
   */
  List<MigrationFile> read(List<String> names) throws IOException {
    List<MigrationFile> scripts = new ArrayList<>();
    for (String name : names) {
      if (name.equals(STANDARD_INPUT)) {
        scripts.add(new MigrationFile("stdin", text(standardInput)));
      } else {
        List<Path> files = files(Path.of(name));
        if (files.isEmpty()) {
          throw new IllegalArgumentException("There are no .sql files in or below " + name + "; name the folder that the migrations are in");
        }
        for (Path file : files) {
          try (InputStream content = Files.newInputStream(file)) {
            scripts.add(new MigrationFile(file.toString(), text(content), inTransaction(file)));
          }
        }
      }
    }
    return scripts;
  }

  private static List<Path> files(Path named) throws IOException {
    if (!Files.isDirectory(named)) {
      if (!Files.isReadable(named)) {
        throw new IllegalArgumentException("There is no file or folder " + named + " that can be read");
      }
      return List.of(named);
    }
    try (Stream<Path> below = Files.walk(named)) {
      return below.filter(file -> file.toString().endsWith(".sql") && Files.isRegularFile(file))
          .filter(file -> !Migrations.isHidden(named.relativize(file).toString().replace(File.separatorChar, '/')))
          .sorted(new MigrationOrder()).toList();
    }
  }

  /** By the file beside it, as Flyway reads that. */
  private static Optional<Boolean> inTransaction(Path file) throws IOException {
    Path beside = Path.of(file + ScriptConfiguration.SUFFIX);
    if (!Files.isRegularFile(beside) || !Files.isReadable(beside)) {
      return Optional.empty();
    }
    try (InputStream content = Files.newInputStream(beside)) {
      return ScriptConfiguration.read(text(content)).flatMap(ScriptConfiguration::executeInTransaction);
    }
  }

  private static String text(InputStream content) throws IOException {
    return new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
  }
}
