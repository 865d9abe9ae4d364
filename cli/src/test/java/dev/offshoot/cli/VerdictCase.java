package dev.offshoot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of {@code verdicts/cases}; the README beside it says how it is read.
 *
 * @param number what {@code #} stands for
 * @param head the first line: the verdict, and the ids of its reasons
 * @param facts the lines below it, in their order
 * @param pushes names and texts of the files of each push
 */
record VerdictCase(String name, int number, String head, List<Fact> facts, List<Map<String, String>> pushes,
    Optional<Map<String, String>> other) {
  static final Path FOLDER = Path.of("src/test/resources/verdicts");
  private static final String MARK = "--! ";
  private static final int FIRST = 101;

  /** {@code --! key: value}, with the case's number in it. */
  record Fact(String key, String value) {}

  static List<VerdictCase> all() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(FOLDER.resolve("cases"))) {
      files = found.sorted().toList();
    }
    List<VerdictCase> cases = new ArrayList<>();
    for (Path file : files) {
      cases.add(read(file.getFileName().toString().replaceFirst("\\.sql$", ""), FIRST + cases.size(), Files.readString(file)));
    }
    return cases;
  }

  private static VerdictCase read(String name, int number, String text) {
    String head = text.lines().findFirst().orElse("").substring(MARK.length());
    List<Fact> facts = new ArrayList<>();
    List<Map<String, StringBuilder>> parts = new ArrayList<>(List.of(new LinkedHashMap<>()));
    boolean other = false;
    String file = "V" + number + "__" + name + ".sql";
    for (String line : text.lines().skip(1).toList()) {
      String mark = line.startsWith(MARK) ? line.substring(MARK.length()) : "";
      if (mark.equals("then:") || mark.equals("other:")) {
        other = mark.equals("other:");
        parts.add(new LinkedHashMap<>());
      } else if (mark.startsWith("file: ")) {
        file = mark.substring("file: ".length()).replace("#", "" + number);
        parts.getLast().put(file, new StringBuilder());
      } else if (!mark.isEmpty()) {
        int colon = mark.indexOf(": ");
        facts.add(new Fact(mark.substring(0, colon), mark.substring(colon + 2).replace("#", "" + number)));
      } else {
        parts.getLast().computeIfAbsent(file, _ -> new StringBuilder()).append(line).append('\n');
      }
    }
    List<Map<String, String>> texts = parts.stream().map(VerdictCase::texts).toList();
    return new VerdictCase(name, number, head, List.copyOf(facts), other ? texts.subList(0, texts.size() - 1) : texts,
        other ? Optional.of(texts.getLast()) : Optional.empty());
  }

  private static Map<String, String> texts(Map<String, StringBuilder> part) {
    Map<String, String> texts = new LinkedHashMap<>();
    part.forEach((name, text) -> texts.put(name, text.toString()));
    return texts;
  }

  List<String> facts(String key) {
    return facts.stream().filter(fact -> fact.key().equals(key)).map(Fact::value).toList();
  }

  boolean isStrict() {
    return facts("repository").equals(List.of("strict"));
  }

  String branch() {
    return (isStrict() ? "strict/" : "verdict/") + facts("together").stream().findFirst().orElse(name);
  }

  boolean isAlone() {
    return facts("together").isEmpty();
  }

  /** Whether it is of the last push, by its place or its name. */
  boolean has(String place) {
    return pushes.getLast().keySet().stream().anyMatch(file -> place.equals(file) || place.startsWith(file + ":"));
  }

  String otherBranch() {
    return branch() + "-other";
  }

  @Override
  public String toString() {
    return name;
  }
}
