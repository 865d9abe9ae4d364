package dev.offshoot.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One reading of a configuration: what it is read against, and what was found so far. */
final class Reading {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{");

  private final ConfigSources sources;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<ConfigProblem> warnings = new ArrayList<>();
  private final Set<String> known = new TreeSet<>();

  Reading(ConfigSources sources) {
    this.sources = sources;
  }

  List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }

  List<ConfigProblem> warnings() {
    return List.copyOf(warnings);
  }

  /** Every full key that was asked for. */
  Set<String> known() {
    return Set.copyOf(known);
  }

  void asks(String key) {
    known.add(key);
  }

  void problem(String key, String message) {
    problems.add(new ConfigProblem(key, message));
  }

  void warning(String key, String message) {
    warnings.add(new ConfigProblem(key, message));
  }

  Optional<String> otherwise(String key) {
    return Optional.ofNullable(sources.otherwise().get(key));
  }

  /** A variable of the process's environment that stands for a key by itself; empty when it is not set. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(sources.environment().get(name)).filter(value -> !value.isBlank());
  }

  Path path(String key, String text) {
    try {
      return sources.folder().resolve(text).normalize();
    } catch (InvalidPathException e) {
      problem(key, "is not a path; write for example data/blobs");
      return sources.folder();
    }
  }

  /** The text with the environment's variables in it; empty, and a problem, when one is not set. */
  Optional<String> substitute(String key, String text) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    boolean complete = true;
    while (matcher.find()) {
      Optional<String> value = matcher.group().equals("$${") ? Optional.of("${") : variable(key, matcher);
      complete &= value.isPresent();
      matcher.appendReplacement(result, Matcher.quoteReplacement(value.orElse("")));
    }
    matcher.appendTail(result);
    return complete ? Optional.of(result.toString()) : Optional.empty();
  }

  private Optional<String> variable(String key, Matcher matcher) {
    String name = matcher.group(1);
    if (name == null) {
      problem(key, "has a ${ that is not a variable; write ${NAME}, ${NAME:-default}, or $${ for the two characters");
      return Optional.empty();
    }
    String set = sources.environment().getOrDefault(name, "");
    Optional<String> value = set.isEmpty() ? Optional.ofNullable(matcher.group(2)) : Optional.of(set);
    if (value.isEmpty()) {
      problem(key, "needs the environment variable " + name + ", which is not set; set it, or write ${" + name
          + ":-default}");
    }
    return value;
  }
}
