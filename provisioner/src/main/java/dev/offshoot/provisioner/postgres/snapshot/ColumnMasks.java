package dev.offshoot.provisioner.postgres.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.environment.StoreSnapshot.Taking;
import dev.offshoot.provisioner.masking.MaskRule;
import dev.offshoot.provisioner.masking.MaskingPolicy;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.snapshot.MaskSql.Column;
import dev.offshoot.provisioner.postgres.snapshot.MaskSql.Root;
import dev.offshoot.worker.Failure;

/**
 * A policy held against the columns that are there.
 *
 * @param statements one for each table that has rows to be masked
 * @param tables the same tables, as SQL names them
 * @param names of what is masked, for people
 */
public record ColumnMasks(List<String> statements, List<String> tables, List<String> names) {

  /**
   * Of all columns of a database.
   *
   * @throws Failure INVALID that names every column without a rule, and every rule that cannot be carried out
   */
  public static ColumnMasks of(AdminSession inside, MaskingPolicy policy) {
    List<Column> columns = Columns.of(inside);
    List<String> missing = columns.stream().filter(column -> !column.isGenerated())
        .filter(column -> rule(policy, column).isEmpty()).map(Column::readable).distinct().sorted().toList();
    if (!missing.isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "The masking policy says nothing of " + String.join(", ", missing)
          + ". Nothing was published. Add a line for each below postgres: in the file that staging.masking names, such as '"
          + missing.getFirst() + ": clear' or ': hash', then take the snapshot again");
    }
    List<String> problems = new ArrayList<>(columns.stream()
        .flatMap(column -> rule(policy, column).flatMap(rule -> MaskSql.problem(rule, column))
            .map(why -> column.readable() + " " + why).stream()).distinct().toList());
    problems.addAll(References.broken(inside, policy));
    if (!problems.isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "The masking policy cannot be carried out: " + String.join("; ", problems));
    }
    return masks(columns, policy);
  }

  private static Optional<MaskRule> rule(MaskingPolicy policy, Column column) {
    Root root = column.root();
    return policy.ofColumn(root.schema(), root.table(), column.name());
  }

  private static ColumnMasks masks(List<Column> columns, MaskingPolicy policy) {
    Map<String, List<String>> sets = new LinkedHashMap<>();
    List<Column> masked = columns.stream()
        .filter(column -> rule(policy, column).filter(MaskRule::isMask).isPresent() && !column.isGenerated()).toList();
    for (Column column : masked) {
      if (column.traits().holdsRows()) {
        sets.computeIfAbsent(column.table(), _ -> new ArrayList<>())
            .add(MaskSql.expression(rule(policy, column).orElseThrow(), column));
      }
    }
    List<String> statements = sets.entrySet().stream()
        .map(table -> "UPDATE ONLY " + table.getKey() + " SET " + String.join(", ", table.getValue())).toList();
    return new ColumnMasks(statements, List.copyOf(sets.keySet()), names(masked));
  }

  private static List<String> names(List<Column> masked) {
    List<String> names = masked.stream().map(Column::readable).distinct().sorted().toList();
    return names.size() <= Taking.MOST_NAMES ? names
        : masked.stream().map(column -> column.root().schema() + "." + column.root().table() + ".*").distinct().sorted()
            .collect(Collectors.toUnmodifiableList());
  }
}
