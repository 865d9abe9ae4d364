package dev.offshoot.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration cannot be used; says everything that is wrong with it at once. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;
  private final transient Optional<Path> file;

  public ConfigException(List<ConfigProblem> problems) {
    this(problems, Optional.empty());
  }

  private ConfigException(List<ConfigProblem> problems, Optional<Path> file) {
    super(file.map(f -> "In " + f + ":\n").orElse("")
        + problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
    this.file = file;
  }

  static ConfigException of(String key, String message) {
    return new ConfigException(List.of(new ConfigProblem(key, message)));
  }

  /** The same, of what a file holds. */
  ConfigException in(Path which) {
    return new ConfigException(problems, Optional.of(which));
  }

  public List<ConfigProblem> problems() {
    return problems;
  }

  /** What was read; empty where it could not be, which the problem says. */
  public Optional<Path> file() {
    return file;
  }
}
