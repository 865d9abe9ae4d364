package dev.offshoot.embedded;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** A server's configuration as it reads it from its standard input: so the password is in no file and no argument. */
record RedisConfiguration(Path directory, int port, String password) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{8,200}");

  RedisConfiguration {
    if (!PLAIN.matcher(password).matches()) {
      throw new IllegalArgumentException("A Redis password here is 8 to 200 letters, digits, - and _");
    }
  }

  String text() {
    return """
        port %d
        bind 127.0.0.1
        requirepass %s
        dir "%s"
        appendonly yes
        save ""
        """.formatted(port, password, quoted(directory.toString()));
  }

  private static String quoted(String path) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("Redis can't use a folder whose name has control characters");
    }
    return path.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Override
  public String toString() {
    return "RedisConfiguration[" + directory + ", port " + port + "]";
  }
}
