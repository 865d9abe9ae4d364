package dev.offshoot.reporter.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.offshoot.reporter.lint.sql.Constraint;
import dev.offshoot.reporter.lint.sql.Operation;
import dev.offshoot.reporter.lint.sql.Statement;
import dev.offshoot.reporter.lint.sql.TableName;

/** How far the scripts have come. */
final class Progress implements Situation {
  private static final String TEMPORARY = "pg_temp";

  private final LintOptions options;
  private final Set<TableName> created = new HashSet<>();
  private final Set<String> createdIndexes = new HashSet<>();
  private final Map<Named, String> notNullChecks = new HashMap<>();
  private final Set<Named> proved = new HashSet<>();
  private final Set<Named> notValidHere = new HashSet<>();
  private final Set<Named> dropped = new HashSet<>();
  private final Timeouts timeouts = new Timeouts();
  private Outline outline = new Outline(false, 0, -1);
  private int statement;
  private boolean begun;
  private boolean lockedBefore;

  Progress(LintOptions options) {
    this.options = options;
  }

  /** A constraint or column of a table. */
  private record Named(String table, String name) {
    Named(TableName table, String name) {
      this(table.schema().orElse("public") + "." + table.name(), name);
    }
  }

  void enter(List<Statement> script) {
    outline = Outline.of(script, options.transactions());
    statement = -1;
    begun = false;
    lockedBefore = false;
    dropped.clear();
    notValidHere.clear();
    timeouts.forget();
  }

  void next() {
    statement++;
  }

  /** Takes note of what was done; a rule has been asked about it before. */
  void after(Operation operation) {
    lockedBefore |= TimeoutRules.locks(operation, this);
    switch (operation) {
      case Operation.CreateTable create when surelyNew(create) -> created.add(create.table());
      case Operation.DropTables drop -> drop.tables().forEach(this::forget);
      case Operation.RenameTable rename when !existing(rename.table()) -> {
        forget(rename.table());
        created.add(rename.table().named(rename.to()));
      }
      case Operation.MoveTable move -> forget(move.table());
      case Operation.CreateIndex create when !existing(create.table()) ->
        create.name().ifPresent(createdIndexes::add);
      case Operation.AddConstraint(var table, Constraint constraint) -> added(table, constraint);
      case Operation.ValidateConstraint(var table, String name) ->
        Optional.ofNullable(notNullChecks.get(new Named(table, name)))
            .ifPresent(column -> proved.add(new Named(table, column)));
      case Operation.DropConstraint drop -> {
        dropped.add(new Named(drop.table(), drop.name()));
        Optional.ofNullable(notNullChecks.remove(new Named(drop.table(), drop.name())))
            .ifPresent(column -> proved.remove(new Named(drop.table(), column)));
      }
      case Operation.Begin _ -> begun = true;
      case Operation.End end -> {
        begun = end.chained();
        notValidHere.clear();
        timeouts.ended();
      }
      case Operation.SetParameter set -> set(set);
      default -> { }
    }
  }

  private boolean surelyNew(Operation.CreateTable create) {
    boolean known = options.existing().filter(tables -> tables.stream().noneMatch(create.table()::sameAs)).isPresent();
    return !create.guarded() || known;
  }

  private void added(TableName table, Constraint constraint) {
    constraint.name().filter(_ -> constraint.notValid()).ifPresent(name -> notValidHere.add(new Named(table, name)));
    if (constraint instanceof Constraint.Check check && check.notNullColumn().isPresent()) {
      check.name().ifPresent(name -> notNullChecks.put(new Named(table, name), check.notNullColumn().get()));
      if (!check.notValid()) {
        proved.add(new Named(table, check.notNullColumn().get()));
      }
    }
  }

  private void set(Operation.SetParameter set) {
    if (set.name().equals("search_path")) {
      // from here on the same name may be another table
      created.removeIf(table -> table.schema().isEmpty());
      createdIndexes.clear();
      proved.clear();
      notNullChecks.clear();
    } else if (!set.local() || inTransaction()) {
      timeouts.set(set);
    }
  }

  private void forget(TableName table) {
    created.removeIf(table::sameAs);
  }

  @Override
  public boolean existing(TableName table) {
    boolean temporary = table.schema().isEmpty()
        && created.contains(new TableName(Optional.of(TEMPORARY), table.name()));
    return !temporary && created.stream().noneMatch(table::sameAs);
  }

  @Override
  public boolean existingIndex(TableName index) {
    return !createdIndexes.contains(index.name());
  }

  @Override
  public boolean inTransaction() {
    return outline.wrapped() || begun;
  }

  @Override
  public boolean toolsTransaction() {
    return outline.wrapped();
  }

  @Override
  public boolean neverEnded() {
    return !outline.wrapped() && !begun && statement > outline.lastEnd();
  }

  @Override
  public boolean alone() {
    return outline.statements() == 1;
  }

  @Override
  public boolean lockTimeout() {
    return timeouts.lock();
  }

  @Override
  public boolean statementTimeout() {
    return timeouts.statement();
  }

  @Override
  public boolean lockedBefore() {
    return lockedBefore;
  }

  @Override
  public boolean provedNotNull(TableName table, String column) {
    return proved.contains(new Named(table, column));
  }

  @Override
  public boolean addedNotValidHere(TableName table, String constraint) {
    return inTransaction() && notValidHere.contains(new Named(table, constraint));
  }

  @Override
  public boolean dropped(TableName table, String constraint) {
    return dropped.contains(new Named(table, constraint));
  }

  @Override
  public boolean olderThan(int version) {
    return options.version().isPresent() && options.version().getAsInt() < version;
  }
}
