package dev.offshoot.reporter.lint.sql;

import java.util.Optional;

import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** Columns and constraints. */
final class ConstraintReader {
  private ConstraintReader() {}

  static Column column(Table_column_definitionContext definition) {
    return new Column(Names.of(definition.identifier()), Types.of(definition.data_type()),
        definition.constraint_common().stream().map(ConstraintReader::constraint).toList());
  }

  static Constraint constraint(Constraint_commonContext common) {
    Optional<String> name = Optional.ofNullable(common.identifier()).map(Names::of);
    boolean notValid = common.VALID() != null;
    Constr_bodyContext body = common.constr_body();
    if (body.CHECK() != null) {
      return new Constraint.Check(name, notValid, notNullColumn(body.expression));
    } else if (body.REFERENCES() != null) {
      return new Constraint.ForeignKey(name, notValid, Names.table(body.schema_qualified_name()));
    } else if (body.UNIQUE() != null) {
      return new Constraint.Unique(name, usingIndex(body));
    } else if (body.PRIMARY() != null) {
      return new Constraint.PrimaryKey(name, usingIndex(body));
    } else if (body.EXCLUDE() != null) {
      return new Constraint.Exclude(name);
    } else if (body.default_expr != null) {
      return new Constraint.Default(Defaults.changing(body.default_expr));
    } else if (body.identity_body() != null) {
      return new Constraint.Identity();
    } else if (body.GENERATED() != null) {
      return new Constraint.Generated(body.VIRTUAL() == null);
    } else if (body.NOT() != null) {
      return new Constraint.NotNull(name, notValid,
          Optional.ofNullable(body.col_name).map(Names::table).map(TableName::name));
    }
    return new Constraint.Nullable();
  }

  private static boolean usingIndex(Constr_bodyContext body) {
    return body.index_parameters() != null && body.index_parameters().schema_qualified_name() != null;
  }

  private static Optional<String> notNullColumn(VexContext condition) {
    VexContext inner = condition;
    while (inner.LEFT_PAREN() != null && inner.vex().size() == 1 && inner.getChildCount() == 3) {
      inner = inner.vex(0);
    }
    boolean exactly = inner.IS() != null && inner.NOT() != null && inner.NULL() != null && inner.vex().size() == 1;
    return exactly ? Optional.of(Names.of(inner.vex(0))) : Optional.empty();
  }
}
