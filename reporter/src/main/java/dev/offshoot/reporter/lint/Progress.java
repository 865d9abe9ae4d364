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
import dev.offshoot.reporter.lint.sql.Statement.Step;
import dev.offshoot.reporter.lint.sql.TableName;

/** How far the scripts have come. */
final class Progress implements Situation {
  private static final String TEMPORARY = "pg_temp";
  private static final String SEARCH_PATH = "search_path";

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
      this(table.toString(), name);
    }
  }

  /** @param told whether the script is to run in a transaction, where something besides its statements decides that */
  void enter(List<Statement> script, Optional<Boolean> told) {
    outline = Outline.of(script, options.transactions(), told);
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

  /** Takes note of what was done; the rules have been asked about it before. */
  void after(Step step) {
    lockedBefore |= TimeoutRules.locks(step.operation(), this);
    if (step.certain()) {
      done(step.operation());
    } else if (step.operation() instanceof Operation.SetParameter(String name, _, _) && name.equals(SEARCH_PATH)) {
      namesMayMeanOthers();
    }
  }

  private void done(Operation operation) {
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
        created.removeIf(Progress::temporary);
        if (!end.committed()) {
          namesMayMeanOthers();
        }
      }
      case Operation.RollBackTo _ -> namesMayMeanOthers();
      case Operation.SetParameter set -> set(set);
      default -> { }
    }
  }

  private boolean surelyNew(Operation.CreateTable create) {
    boolean known = options.existing().filter(tables -> tables.stream().noneMatch(create.table()::mayBe)).isPresent();
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
    if (set.name().equals(SEARCH_PATH)) {
      namesMayMeanOthers();
    } else if (!set.local() || inTransaction()) {
      timeouts.set(set);
    }
  }

  /** After a rollback, or with another search path, nothing that was learnt is sure. */
  private void namesMayMeanOthers() {
    created.clear();
    createdIndexes.clear();
    proved.clear();
    notNullChecks.clear();
  }

  private void forget(TableName table) {
    created.removeIf(each -> each.mayBe(table));
  }

  private static boolean temporary(TableName table) {
    return table.schema().filter(TEMPORARY::equals).isPresent();
  }

  @Override
  public boolean existing(TableName table) {
    boolean temporary = table.schema().isEmpty()
        && created.contains(new TableName(Optional.of(TEMPORARY), table.name()));
    return !temporary && !created.contains(table);
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
