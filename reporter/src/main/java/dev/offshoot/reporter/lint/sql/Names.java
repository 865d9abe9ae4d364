package dev.offshoot.reporter.lint.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_name_nontypeContext;

/** Names as PostgreSQL folds them: lower case, except what stands in quotes. */
final class Names {
  private static final Set<Integer> QUOTED = Set.of(SQLLexer.QuotedIdentifier, SQLLexer.UnicodeQuotedIdentifier);

  private Names() {}

  /** The scanner has taken the quotes off already. */
  static String of(ParserRuleContext identifier) {
    return quoted(identifier) ? identifier.getText() : identifier.getText().toLowerCase(Locale.ROOT);
  }

  static boolean quoted(ParserRuleContext identifier) {
    return QUOTED.contains(identifier.getStart().getType());
  }

  static TableName table(Schema_qualified_nameContext name) {
    List<String> parts = parts(name);
    Optional<String> schema = parts.size() > 1 ? Optional.of(parts.get(parts.size() - 2)) : Optional.empty();
    return new TableName(schema, parts.getLast());
  }

  static List<TableName> tables(Stream<Schema_qualified_nameContext> names) {
    return names.map(Names::table).toList();
  }

  private static List<String> parts(Schema_qualified_nameContext name) {
    return Stream.concat(Stream.of(name.identifier()), name.identifier_reserved().stream()).map(Names::of).toList();
  }

  /** The last part, or everything where the schema is not PostgreSQL's own. */
  static String builtIn(Schema_qualified_name_nontypeContext name) {
    if (name.schema == null) {
      return of(name.identifier_nontype());
    }
    String last = of(name.identifier_reserved_nontype());
    return of(name.schema).equals("pg_catalog") ? last : of(name.schema) + "." + last;
  }

  static boolean isName(Token token) {
    return token.getType() == SQLLexer.Identifier || QUOTED.contains(token.getType());
  }
}
