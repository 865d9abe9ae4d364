package dev.offshoot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What the class files do not tell. */
class SourceRulesTest {
  private static final Path ROOT = Path.of("..");
  private static final int LINES_OF_A_MAIN = 40;

  /** The program's sources, without those of tests. */
  private static List<Path> sources() throws IOException {
    List<Path> roots;
    try (Stream<Path> modules = Files.list(ROOT)) {
      roots = modules.map(module -> module.resolve("src/main/java")).filter(Files::isDirectory).toList();
    }
    List<Path> sources = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  @Test
  void theMainOfAWorkerHasAtMostFortyLines() throws IOException {
    List<Path> mains = sources().stream()
        .filter(file -> file.toString().endsWith("Main.java") && !file.startsWith(ROOT.resolve("cli"))).toList();

    assertThat(mains).hasSize(5)
        .allSatisfy(main -> assertThat(Files.readAllLines(main)).as(main.toString())
            .hasSizeLessThanOrEqualTo(LINES_OF_A_MAIN));
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    Set<Path> folders = sources().stream().map(Path::getParent).collect(Collectors.toSet());

    assertThat(folders).hasSizeGreaterThan(20).allSatisfy(folder ->
        assertThat(folder.resolve("package-info.java")).content().contains("@NullMarked"));
  }
}
