package dev.offshoot.migrator.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/**
 * A violated constraint, in the server's words. SQL of a branch can raise such an error itself, so nothing in it is believed: names are
 * looked up before they are used.
 *
 * @param columns of the key that the server names
 * @param values of that key, unmasked: never to be shown
 * @param verdict what the server says of the key
 */
record Violation(Kind kind, String schema, String table, String column, String constraint, List<String> columns, String values,
    String verdict) {
  private static final Pattern KEY = Pattern.compile("Key \\((.{1,1000}?)\\)=\\((.*)\\) (.*)", Pattern.DOTALL);

  static Optional<Violation> of(ServerErrorMessage said) {
    Optional<Kind> kind = Arrays.stream(Kind.values()).filter(one -> one.state.equals(said.getSQLState())).findFirst();
    Matcher key = KEY.matcher(text(said.getDetail()));
    boolean named = key.matches();
    return kind.filter(_ -> said.getTable() != null && said.getSchema() != null).map(known -> new Violation(known,
        text(said.getSchema()), text(said.getTable()), text(said.getColumn()), text(said.getConstraint()),
        named ? Arrays.stream(key.group(1).split(", ")).map(Violation::unquoted).toList() : List.of(),
        named ? key.group(2) : "", named ? key.group(3) : ""));
  }

  private static String text(@Nullable String said) {
    return said == null ? "" : said;
  }

  private static String unquoted(String name) {
    return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  /** The row that the server stopped at, masked value by value where they can be told apart. */
  String maskedKey() {
    String[] parts = values.split(", ", -1);
    if (parts.length != columns.size()) {
      return String.join(", ", columns) + "=" + Masked.of(values);
    }
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      key.append(i == 0 ? "" : ", ").append(columns.get(i)).append('=').append(Masked.of(parts[i]));
    }
    return key.toString();
  }

  /** Kinds of constraints whose violation names rows. */
  enum Kind {
    NOT_NULL("23502"),
    FOREIGN_KEY("23503"),
    UNIQUE("23505"),
    CHECK("23514");

    private final String state;

    Kind(String state) {
      this.state = state;
    }
  }
}
