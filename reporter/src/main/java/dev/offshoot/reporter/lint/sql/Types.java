package dev.offshoot.reporter.lint.sql;

import java.util.Locale;
import java.util.Map;

import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Predefined_typeContext;

/** One name for each type. */
final class Types {
  private static final Map<String, String> ALIASES = Map.of("int4", "integer", "int8", "bigint", "int2", "smallint",
      "serial4", "serial", "serial8", "bigserial", "serial2", "smallserial", "bpchar", "char");

  private Types() {}

  static ColumnType of(Data_typeContext type) {
    Predefined_typeContext own = type.predefined_type();
    boolean sized = own.type_length() != null || own.precision_param() != null || !own.vex().isEmpty();
    String name = name(own);
    boolean array = type.ARRAY() != null || !type.array_type().isEmpty();
    return new ColumnType(array ? name + "[]" : name, sized);
  }

  private static String name(Predefined_typeContext type) {
    if (type.schema_qualified_name_nontype() != null) {
      String name = Names.builtIn(type.schema_qualified_name_nontype());
      // "char" in quotes is another type: one byte, for catalogues
      return Names.quoted(type.schema_qualified_name_nontype()) ? "\"" + name + "\"" : ALIASES.getOrDefault(name, name);
    } else if (type.BIGINT() != null) {
      return "bigint";
    } else if (type.INT() != null || type.INTEGER() != null) {
      return "integer";
    } else if (type.SMALLINT() != null) {
      return "smallint";
    } else if (type.VARCHAR() != null || (type.VARYING() != null && type.BIT() == null)) {
      return "varchar";
    } else if (type.CHARACTER() != null || type.CHAR() != null || type.NCHAR() != null) {
      return "char";
    } else if (type.TIMESTAMP() != null) {
      return type.WITH() != null ? "timestamptz" : "timestamp";
    }
    return type.getStart().getText().toLowerCase(Locale.ROOT);
  }
}
