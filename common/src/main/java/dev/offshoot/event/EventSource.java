package dev.offshoot.event;

import java.util.regex.Pattern;

/**
 * Who said it: CloudEvents {@code source}, a URI reference such as {@code /offshoot/provisioner} or {@code /offshoot/webhooks/shop}.
 */
public record EventSource(String value) {
  private static final Pattern GRAMMAR = Pattern.compile("(/[a-z0-9][a-z0-9._-]*)+");

  public EventSource {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException("A source is a path of a-z, 0-9, '.', '_' and '-': '" + value + "' is not");
    }
  }

  public static EventSource worker(String name) {
    return new EventSource("/offshoot/" + name);
  }

  @Override
  public String toString() {
    return value;
  }
}
