package dev.offshoot.reporter.lint;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import dev.offshoot.reporter.lint.sql.Column;
import dev.offshoot.reporter.lint.sql.Operation;
import dev.offshoot.reporter.lint.sql.TableName;

/**
 * How a rule is found.
 *
 * @param broken the objects for which an operation breaks it
 */
record Check(Rule rule, BiFunction<Operation, Situation, List<String>> broken) {
  /** A rule about one kind of operation. */
  static <T extends Operation> Check on(Class<T> kind, Rule rule, BiPredicate<T, Situation> wrong) {
    return new Check(rule, (operation, in) -> kind.isInstance(operation) && wrong.test(kind.cast(operation), in)
        ? List.of(operation.object()) : List.of());
  }

  static Check onAny(Rule rule, BiPredicate<Operation, Situation> wrong) {
    return on(Operation.class, rule, wrong);
  }

  /** A rule about a column, wherever it is declared. */
  static Check onColumn(Rule rule, BiPredicate<Column, Situation> wrong) {
    return new Check(rule, (operation, in) -> declared(operation)
        .filter(column -> wrong.test(column.column(), in)).map(Declared::toString).toList());
  }

  private record Declared(TableName table, Column column) {
    @Override
    public String toString() {
      return table + "." + column.name();
    }
  }

  private static Stream<Declared> declared(Operation operation) {
    return switch (operation) {
      case Operation.CreateTable create -> create.columns().stream().map(each -> new Declared(create.table(), each));
      case Operation.AddColumn add -> Stream.of(new Declared(add.table(), add.added()));
      case Operation.ChangeType change ->
        Stream.of(new Declared(change.table(), new Column(change.column(), change.type(), List.of())));
      default -> Stream.empty();
    };
  }
}
