package dev.offshoot.provisioner.postgres.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.provisioner.masking.MaskRule;
import dev.offshoot.provisioner.masking.MaskedText;
import dev.offshoot.provisioner.postgres.server.Sql;

/** Rules as SQL over a column. The key of hashes is a setting of the session, so that it stands in no statement. */
final class MaskSql {
  static final String KEY = "offshoot.masking_key";
  private static final int ADDRESS_LENGTH = "user-@example.invalid".length() + MaskedText.ADDRESS_DIGITS;
  private static final int LONGEST_NAME = 16;

  private MaskSql() {
  }

  /** Why the rule cannot be carried out on the column, to continue its name; empty when it can. */
  static Optional<String> problem(MaskRule rule, Column column) {
    if (!rule.isMask()) {
      return Optional.empty();
    }
    if (column.isGenerated()) {
      return Optional.of("is generated from others: mask those, and leave it out");
    }
    if (!column.isPlain()) {
      return Optional.of("cannot be masked: it is of a foreign table or an extension's; only clear is possible");
    }
    if (column.isAlwaysIdentity()) {
      return Optional.of("is GENERATED ALWAYS AS IDENTITY, which cannot be changed; only clear is possible");
    }
    if (column.isPartitionKey()) {
      return Optional.of("decides which partition a row is in; only clear is possible");
    }
    return switch (rule) {
      case MaskRule.Clear() -> Optional.empty();
      case MaskRule.Null() -> column.notNull() ? Optional.of("is NOT NULL and cannot become null") : Optional.empty();
      case MaskRule.Hash() -> hash(column).isEmpty()
          ? Optional.of("is of type " + column.type() + ", which hash cannot make; write {sql: …}") : Optional.empty();
      case MaskRule.Email() -> text(column, "email", ADDRESS_LENGTH);
      case MaskRule.Name() -> text(column, "name", LONGEST_NAME);
      case MaskRule.Fixed _, MaskRule.Expression _ -> Optional.empty();
    };
  }

  private static Optional<String> text(Column column, String rule, int length) {
    if (!column.isText()) {
      return Optional.of("is of type " + column.type() + ", which " + rule + " cannot make; write {sql: …}");
    }
    return column.length().filter(most -> most < length).map(_ -> "is too short for " + rule + "; write hash or {sql: …}");
  }

  /** What the column is set to. */
  static String expression(MaskRule rule, Column column) {
    String name = Sql.name(column.name());
    String masked = switch (rule) {
      case MaskRule.Clear() -> name;
      case MaskRule.Null() -> "NULL";
      case MaskRule.Hash() -> hash(column).orElseThrow();
      case MaskRule.Email() -> "'user-' || " + digits(name, MaskedText.ADDRESS_DIGITS) + " || '@example.invalid'";
      case MaskRule.Name() -> "(" + list(MaskedText.FIRST) + ")[1 + get_byte(" + sha(name) + ", 0) / 16] || ' ' || ("
          + list(MaskedText.LAST) + ")[1 + get_byte(" + sha(name) + ", 0) % 16]";
      case MaskRule.Fixed(String value) -> "CASE WHEN " + name + " IS NULL THEN NULL ELSE " + Sql.text(value) + " END";
      case MaskRule.Expression(String sql) -> "(" + sql + "\n)";
    };
    return name + " = CAST(" + masked + " AS " + column.type() + ")";
  }

  private static Optional<String> hash(Column column) {
    String name = Sql.name(column.name());
    if (column.isText()) {
      int digits = Math.min(MaskedText.DIGITS, column.length().orElse(MaskedText.DIGITS));
      return Optional.of(digits(name, digits));
    }
    return switch (column.base()) {
      case "uuid" -> Optional.of("CAST(" + digits(name, MaskedText.DIGITS) + " AS uuid)");
      case "bytea" -> Optional.of("sha256(convert_to(current_setting('" + KEY + "'), 'UTF8') || " + name + ")");
      case "smallint" -> Optional.of(number(name, 15));
      case "integer" -> Optional.of(number(name, 31));
      case "bigint" -> Optional.of(number(name, 63));
      default -> Optional.empty();
    };
  }

  /** Never negative. */
  private static String number(String name, int bits) {
    return "CAST(CAST('0' || substr(CAST(CAST('x' || " + digits(name, 16) + " AS bit(64)) AS text), 1, " + bits + ") AS bit("
        + (bits + 1) + ")) AS " + (bits > 31 ? "bigint" : "integer") + ")";
  }

  private static String digits(String name, int count) {
    return "left(encode(" + sha(name) + ", 'hex'), " + count + ")";
  }

  private static String sha(String name) {
    return "sha256(convert_to(current_setting('" + KEY + "') || CAST(" + name + " AS text), 'UTF8'))";
  }

  private static String list(List<String> names) {
    return names.stream().map(Sql::text).collect(Collectors.joining(", ", "ARRAY[", "]"));
  }

  /**
   * A column of a table.
   *
   * @param table quoted, with its schema
   * @param root the table itself, or the one that it is a partition of
   * @param type with its length, as SQL writes it
   * @param base its type without length, below a domain
   * @param length the most characters; empty where there is no limit
   */
  record Column(String table, Root root, String name, String type, String base, Optional<Integer> length, Traits traits) {
    boolean isText() {
      return switch (base) {
        case "text", "character varying", "character", "citext", "public.citext" -> true;
        default -> false;
      };
    }

    boolean notNull() {
      return traits.notNull();
    }

    boolean isGenerated() {
      return traits.generated();
    }

    boolean isAlwaysIdentity() {
      return traits.identity();
    }

    boolean isPartitionKey() {
      return traits.partitionKey();
    }

    boolean isPlain() {
      return traits.plain();
    }

    String readable() {
      return root.schema() + "." + root.table() + "." + name;
    }
  }

  /** Names as the catalogue has them. */
  record Root(String schema, String table) {}

  /** @param plain an ordinary table's, and nobody else's */
  record Traits(boolean notNull, boolean generated, boolean identity, boolean partitionKey, boolean plain, boolean holdsRows) {}
}
