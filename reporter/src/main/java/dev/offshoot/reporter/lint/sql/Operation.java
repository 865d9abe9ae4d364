package dev.offshoot.reporter.lint.sql;

import java.util.List;
import java.util.Optional;

/**
 * One thing that a statement does. {@code guarded} means that it says {@code IF EXISTS}, {@code IF NOT EXISTS} or
 * {@code OR REPLACE}, so that it may be run again.
 */
public sealed interface Operation {
  /** What it is done to, for people; empty where there is no name. */
  default String object() {
    return "";
  }

  /** Something done to one table. */
  sealed interface OnTable extends Operation {
    TableName table();

    @Override
    default String object() {
      return table().toString();
    }
  }

  /** {@code ALTER TABLE}: every kind takes at least a short lock. */
  sealed interface TableChange extends OnTable {}

  /** The same, of one column. */
  sealed interface ColumnChange extends TableChange {
    String column();

    @Override
    default String object() {
      return table() + "." + column();
    }
  }

  record AddColumn(TableName table, Column added, boolean guarded) implements ColumnChange {
    @Override
    public String column() {
      return added.name();
    }
  }

  record DropColumn(TableName table, String column, boolean guarded) implements ColumnChange {}

  record RenameColumn(TableName table, String column) implements ColumnChange {}

  record ChangeType(TableName table, String column, ColumnType type) implements ColumnChange {}

  record SetNotNull(TableName table, String column) implements ColumnChange {}

  record DropNotNull(TableName table, String column) implements ColumnChange {}

  record AddConstraint(TableName table, Constraint constraint) implements TableChange {}

  record ValidateConstraint(TableName table, String name) implements TableChange {}

  record DropConstraint(TableName table, String name, boolean guarded) implements TableChange {}

  record RenameTable(TableName table, String to) implements TableChange {}

  record MoveTable(TableName table) implements TableChange {}

  record DetachPartition(TableName table, boolean concurrently) implements TableChange {}

  /** One that writes the table anew, such as {@code SET UNLOGGED}. */
  record RewriteTable(TableName table) implements TableChange {}

  record OtherTableChange(TableName table) implements TableChange {}

  /** @param columns empty for one made from a query, a type or as a partition */
  record CreateTable(TableName table, List<Column> columns, boolean guarded) implements OnTable {
    public CreateTable {
      columns = List.copyOf(columns);
    }
  }

  record DropTables(List<TableName> tables, boolean guarded) implements Operation {
    public DropTables {
      tables = List.copyOf(tables);
    }

    @Override
    public String object() {
      return joined(tables);
    }
  }

  record Truncate(List<TableName> tables, boolean cascade) implements Operation {
    public Truncate {
      tables = List.copyOf(tables);
    }

    @Override
    public String object() {
      return joined(tables);
    }
  }

  record LockTables(List<TableName> tables) implements Operation {
    public LockTables {
      tables = List.copyOf(tables);
    }

    @Override
    public String object() {
      return joined(tables);
    }
  }

  /** {@code VACUUM FULL} and {@code CLUSTER}; without a table it is every table. */
  record Rewrite(Optional<TableName> target) implements Operation {
    @Override
    public String object() {
      return target.map(TableName::toString).orElse("");
    }
  }

  /** @param only whether partitions are left out, which makes it a matter of catalogues on a partitioned table */
  record CreateIndex(TableName table, Optional<String> name, boolean concurrently, boolean only, boolean guarded)
      implements OnTable {}

  record DropIndexes(List<TableName> indexes, boolean concurrently, boolean guarded) implements Operation {
    public DropIndexes {
      indexes = List.copyOf(indexes);
    }

    @Override
    public String object() {
      return joined(indexes);
    }
  }

  record Reindex(String object, boolean concurrently) implements Operation {}

  record CreateDomain(TableName domain, boolean constrained) implements Operation {
    @Override
    public String object() {
      return domain.toString();
    }
  }

  /** @param notNull whether the constraint is {@code SET NOT NULL} */
  record ConstrainDomain(TableName domain, boolean notNull) implements Operation {
    @Override
    public String object() {
      return domain.toString();
    }
  }

  record AddEnumValue(TableName type, boolean placed, boolean guarded) implements Operation {
    @Override
    public String object() {
      return type.toString();
    }
  }

  record CreateView(TableName view, List<String> columns, boolean guarded) implements Operation {
    public CreateView {
      columns = List.copyOf(columns);
    }

    @Override
    public String object() {
      return view.toString();
    }
  }

  /** A type, a sequence, a schema, an extension. */
  record CreateOther(String object, boolean guarded) implements Operation {}

  /** @param kind in upper case: {@code VIEW}, {@code TYPE}, {@code DATABASE}, {@code SCHEMA} */
  record DropOther(String kind, String object, boolean guarded) implements Operation {}

  /** That a {@code DROP} takes with it what depends on it; stands beside the drop itself. */
  record Cascade(String object) implements Operation {}

  record InsertRows(TableName table, List<String> columns) implements OnTable {
    public InsertRows {
      columns = List.copyOf(columns);
    }
  }

  /** @param filtered whether there is a {@code WHERE} */
  record UpdateRows(TableName table, List<String> columns, boolean filtered) implements OnTable {
    public UpdateRows {
      columns = List.copyOf(columns);
    }
  }

  /** @param filtered whether there is a {@code WHERE} */
  record DeleteRows(TableName table, boolean filtered) implements OnTable {}

  record Begin() implements Operation {}

  /**
   * @param committed false when it is rolled back
   * @param chained whether another transaction begins at once
   */
  record End(boolean committed, boolean chained) implements Operation {}

  /** A part of a transaction is undone, back to a savepoint. */
  record RollBackTo() implements Operation {}

  /** @param value without its quotes; empty for {@code RESET} and {@code DEFAULT} */
  record SetParameter(String name, String value, boolean local) implements Operation {
    @Override
    public String object() {
      return name;
    }
  }

  /** Forbidden inside a transaction, and not one of those that say {@code CONCURRENTLY}. */
  record OutsideTransactions(String object) implements Operation {}

  /** SQL that is put together while it runs. */
  record Dynamic() implements Operation {}

  /** The inside of a {@code DO} block that is not understood. */
  record Opaque(String why) implements Operation {}

  /** What no rule asks about. */
  record Other() implements Operation {}

  private static String joined(List<TableName> names) {
    return String.join(", ", names.stream().map(TableName::toString).toList());
  }
}
