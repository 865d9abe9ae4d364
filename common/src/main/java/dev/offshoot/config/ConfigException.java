package dev.offshoot.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; says everything that is wrong with it at once. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  public ConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  static ConfigException of(String key, String message) {
    return new ConfigException(List.of(new ConfigProblem(key, message)));
  }

  public List<ConfigProblem> problems() {
    return problems;
  }
}
