package dev.offshoot.cli.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Variables as {@code NAME='value'} lines, for a shell to source and for programs that read {@code .env} files.
 *
 * <p>Law: a POSIX shell that reads the text sets exactly these variables to exactly these values and runs nothing,
 * whatever they hold.
 */
public record Dotenv(Map<String, String> variables) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Dotenv {
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (!NAME.matcher(variable.getKey()).matches()) {
        throw new IllegalArgumentException(
            "A variable's name is letters, digits and '_': '" + variable.getKey() + "' is not");
      }
      if (variable.getValue().indexOf('\0') >= 0) {
        throw new IllegalArgumentException("The value of " + variable.getKey() + " has a NUL, which no shell can hold");
      }
    }
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  public String text() {
    return variables.entrySet().stream().map(v -> v.getKey() + "=" + quoted(v.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** Nothing is special to a shell between single quotes, but the quote itself. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  /** Values may be passwords. */
  @Override
  public String toString() {
    return "Dotenv" + variables.keySet();
  }
}
