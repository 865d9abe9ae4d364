package dev.offshoot.reporter.lint.sql;

import java.util.Optional;
import java.util.Set;

import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** Whether a default is the same for every row that is there: then PostgreSQL 11 and newer store it once. */
final class Defaults {
  /** Functions that pg_proc calls immutable or stable and that people write into defaults. */
  private static final Set<String> SAME_FOR_ALL_ROWS = Set.of(
      "now", "transaction_timestamp", "statement_timestamp", "current_setting", "current_schema", "current_database",
      "txid_current", "pg_current_xact_id", "version", "date_trunc", "date_part", "make_date", "make_interval",
      "make_time", "make_timestamp", "make_timestamptz", "to_timestamp", "to_date", "to_char", "to_number", "timezone",
      "lower", "upper", "initcap", "concat", "concat_ws", "format", "repeat", "lpad", "rpad", "btrim", "ltrim", "rtrim",
      "replace", "md5", "sha256", "encode", "decode", "abs", "ceil", "floor", "round", "length", "jsonb_build_object",
      "jsonb_build_array", "json_build_object", "json_build_array", "to_json", "to_jsonb", "array_fill", "int4range",
      "int8range", "numrange", "tsrange", "tstzrange", "daterange", "inet", "point");

  private Defaults() {}

  /** The first function that is not known to give every row the same. */
  static Optional<String> changing(VexContext value) {
    return Trees.find(value, Function_callContext.class).stream()
        .filter(call -> call.schema_qualified_name_nontype() != null)
        .map(call -> Names.builtIn(call.schema_qualified_name_nontype()))
        .filter(name -> !SAME_FOR_ALL_ROWS.contains(name))
        .findFirst();
  }
}
