package dev.offshoot.provisioner.masking;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the operator has said of columns and fields.
 *
 * @param columns of {@code schema.table.column}
 * @param fields of Solr
 * @param largeObjects what becomes of large objects; empty where nothing was said of them
 */
public record MaskingPolicy(List<Entry> columns, List<Entry> fields, Optional<MaskRule> largeObjects) {
  public MaskingPolicy {
    columns = List.copyOf(columns);
    fields = List.copyOf(fields);
  }

  /** One line, for all whose name fits. */
  public record Entry(NamePattern names, MaskRule rule) {}

  /** The rule of a column; empty when it is not mentioned. */
  public Optional<MaskRule> ofColumn(String schema, String table, String column) {
    return of(columns, List.of(schema, table, column));
  }

  /** The rule of a Solr field; empty when it is not mentioned. */
  public Optional<MaskRule> ofField(String field) {
    return of(fields, List.of(field));
  }

  /** Of several lines the most exact; of several as exact, one that masks, and of those the first. */
  private static Optional<MaskRule> of(List<Entry> entries, List<String> name) {
    return entries.stream().filter(entry -> entry.names().fits(name))
        .max(Comparator.<Entry>comparingLong(entry -> entry.names().exactness())
            .thenComparing(entry -> entry.rule().isMask()))
        .map(Entry::rule);
  }
}
