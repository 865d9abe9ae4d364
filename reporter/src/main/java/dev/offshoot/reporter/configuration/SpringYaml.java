package dev.offshoot.reporter.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Keys of YAML documents, put together from the levels that they are written on. By the parser that Spring uses, since it gives aliases and
 * merged keys their meaning; within bounds, as plain values only. An alias costs a reference there and a copy here, so what is taken is
 * counted.
 */
final class SpringYaml {
  private static final int LONGEST = 1 << 16;
  private static final int DEEPEST = 20;
  private static final int MOST_ALIASES = 50;
  private static final int MOST_DOCUMENTS = 50;
  private static final int MOST_VALUES = 1_000;
  /** Written by a build tool before Spring reads the file; no value may begin so. */
  private static final Pattern FILTERED = Pattern.compile("@[\\w.-]+@");

  private final Map<String, String> keys = new TreeMap<>();
  private int values;

  private SpringYaml() {}

  /** For each document those keys that are, or may lead to, {@code spring.flyway.…}; empty for what is not YAML or too much of it. */
  static Optional<List<Map<String, String>>> read(String text) {
    try {
      List<Map<String, String>> documents = new ArrayList<>();
      for (Object document : parser().loadAll(FILTERED.matcher(text).replaceAll("_"))) {
        SpringYaml one = new SpringYaml();
        one.take("", document == null ? "" : document, 0);
        documents.add(one.keys);
        require(documents.size() <= MOST_DOCUMENTS);
      }
      return Optional.of(documents);
    } catch (RuntimeException | StackOverflowError e) { // a stranger's text: whatever the parser makes of it
      return Optional.empty();
    }
  }

  private static Yaml parser() {
    LoaderOptions bounds = new LoaderOptions();
    bounds.setCodePointLimit(LONGEST);
    bounds.setNestingDepthLimit(DEEPEST);
    bounds.setMaxAliasesForCollections(MOST_ALIASES);
    bounds.setAllowRecursiveKeys(false);
    return new Yaml(new SafeConstructor(bounds));
  }

  private void take(String key, Object value, int depth) {
    require(depth <= DEEPEST && ++values <= MOST_VALUES);
    switch (value) {
      case Map<?, ?> map -> map.forEach((name, child) -> {
        String below = key.isEmpty() ? String.valueOf(name) : key + "." + name;
        if (leads(below)) {
          take(below, child == null ? "" : child, depth + 1);
        }
      });
      case List<?> list -> list.forEach(each -> take(key, each == null ? "" : each, depth + 1));
      default -> keys.merge(key, String.valueOf(value), (one, other) -> one + "," + other);
    }
  }

  private static boolean leads(String key) {
    return key.startsWith(SpringText.PREFIX) || SpringText.PREFIX.startsWith(key + ".");
  }

  private static void require(boolean met) {
    if (!met) {
      throw new YAMLException("More than is taken");
    }
  }
}
