package dev.offshoot.reporter.search;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.offshoot.reporter.search.SolrSchema.Field;
import dev.offshoot.reporter.search.SolrSchema.FieldType;

/**
 * What a field is once its type has had its say (Solr's reference guide, "Field Type Definitions and Properties"): what is not written has
 * its default.
 *
 * @param properties that are not what they are by default
 */
record Effective(FieldType type, SortedMap<String, String> properties) {
  private static final FieldType UNKNOWN = new FieldType("", new TreeMap<>(), "", "", "");
  private static final Map<String, String> DEFAULTS = Map.ofEntries(
      Map.entry("indexed", "true"), Map.entry("stored", "true"), Map.entry("multiValued", "false"), Map.entry("required", "false"),
      Map.entry("sortMissingFirst", "false"), Map.entry("sortMissingLast", "false"), Map.entry("termVectors", "false"),
      Map.entry("termPositions", "false"), Map.entry("termOffsets", "false"), Map.entry("termPayloads", "false"), Map.entry("large", "false"),
      Map.entry("useDocValuesAsStored", "true"), Map.entry("enableGraphQueries", "true"), Map.entry("synonymQueryStyle", "as_same_term"));
  private static final Set<String> TEXTS = Set.of("TextField", "SortableTextField");
  /** Since this version of the schema, most types have docValues by themselves, and none is turned around while it is asked. */
  private static final double DOC_VALUES_BY_DEFAULT = 1.7;

  static Effective of(Field field, SolrSchema schema) {
    FieldType type = schema.types().getOrDefault(field.type(), UNKNOWN);
    SortedMap<String, String> all = new TreeMap<>(type.properties());
    all.putAll(field.properties());
    all.entrySet().removeIf(one -> byDefault(one.getKey(), type, schema).filter(one.getValue()::equals).isPresent());
    return new Effective(type, all);
  }

  private static Optional<String> byDefault(String property, FieldType type, SolrSchema schema) {
    boolean text = TEXTS.contains(type.className());
    return switch (property) {
      case "docValues" -> Optional.of(String.valueOf(type.className().equals("SortableTextField")
          || (!text && version(schema) >= DOC_VALUES_BY_DEFAULT)));
      case "uninvertible" -> Optional.of(String.valueOf(version(schema) < DOC_VALUES_BY_DEFAULT));
      case "omitNorms", "omitTermFreqAndPositions" -> Optional.of(String.valueOf(!text));
      default -> Optional.ofNullable(DEFAULTS.get(property));
    };
  }

  private static double version(SolrSchema schema) {
    try {
      return Double.parseDouble(schema.version());
    } catch (NumberFormatException unknown) {
      return 1;
    }
  }
}
