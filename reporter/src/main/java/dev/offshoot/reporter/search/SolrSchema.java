package dev.offshoot.reporter.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.offshoot.search.ConfigSet;
import dev.offshoot.search.XmlElement;

/**
 * A schema, in the parts that can differ.
 *
 * @param fields by their names
 * @param dynamicFields by their patterns
 * @param copyFields each as {@code source → destination}
 * @param types by their names
 * @param similarity as it is written; empty for Solr's own
 */
record SolrSchema(SortedMap<String, Field> fields, SortedMap<String, Field> dynamicFields, Set<String> copyFields,
    SortedMap<String, FieldType> types, String uniqueKey, String version, String similarity) {

  /** @param properties its own, besides name and type */
  record Field(String type, SortedMap<String, String> properties) {}

  /**
   * A field type.
   *
   * @param className without {@code solr.}
   * @param indexAnalysis what text goes through when it is indexed, with the words that it goes by
   * @param queryAnalysis the same when it is asked for
   */
  record FieldType(String className, SortedMap<String, String> properties, String indexAnalysis, String queryAnalysis, String similarity) {}

  static SolrSchema of(XmlElement root, ConfigSet set) {
    SortedMap<String, Field> fields = new TreeMap<>();
    SortedMap<String, Field> dynamic = new TreeMap<>();
    SortedMap<String, FieldType> types = new TreeMap<>();
    Set<String> copies = new TreeSet<>();
    List<XmlElement> parts = new ArrayList<>();
    root.children().forEach(child -> parts.addAll(
        child.name().equals("fields") || child.name().equals("types") ? child.children() : List.of(child)));
    for (XmlElement part : parts) {
      String name = part.attribute("name").orElse("");
      switch (part.name()) {
        case "field" -> fields.put(name, field(part));
        case "dynamicField" -> dynamic.put(name, field(part));
        case "fieldType", "fieldtype" -> types.put(name, type(part, set));
        case "copyField" -> copies.add(part.attribute("source").orElse("") + " → " + part.attribute("dest").orElse("")
            + part.attribute("maxChars").map(most -> ", " + most + " characters").orElse(""));
        default -> { }
      }
    }
    return new SolrSchema(fields, dynamic, copies, types, text(root, "uniqueKey"), root.attribute("version").orElse("1.0"),
        root.children("similarity").findFirst().map(one -> written(one, set)).orElse(""));
  }

  private static String text(XmlElement root, String child) {
    return root.children(child).findFirst().map(XmlElement::text).orElse("");
  }

  private static Field field(XmlElement element) {
    return new Field(element.attribute("type").orElse(""), without(element.attributes(), Set.of("name", "type")));
  }

  private static FieldType type(XmlElement element, ConfigSet set) {
    return new FieldType(shortClass(element.attribute("class").orElse("")), without(element.attributes(), Set.of("name", "class")),
        analysis(element, "index", set), analysis(element, "query", set),
        element.children("similarity").findFirst().map(one -> written(one, set)).orElse(""));
  }

  /** The analyzer of this kind; one without a kind is for both. */
  private static String analysis(XmlElement type, String kind, ConfigSet set) {
    Optional<XmlElement> own = type.children("analyzer").filter(one -> one.attribute("type").filter(kind::equals).isPresent()).findFirst();
    return own.or(() -> type.children("analyzer").filter(one -> one.attribute("type").isEmpty()).findFirst())
        .map(one -> written(one, set)).orElse("");
  }

  /** Everything that it does its work by, the words of files too, in one text that is the same for the same. */
  private static String written(XmlElement element, ConfigSet set) {
    StringBuilder out = new StringBuilder(element.name()).append('(');
    new TreeMap<>(without(element.attributes(), Set.of("type"))).forEach((name, value) -> {
      out.append(name).append('=').append(name.equals("class") ? shortClass(value) : value).append(';');
      Stream.of(value.split(",", -1)).flatMap(path -> set.file(path.strip()).stream()).forEach(file -> out.append(file.text()).append(';'));
    });
    out.append(element.text());
    element.children().forEach(child -> out.append(written(child, set)));
    return out.append(')').toString();
  }

  private static String shortClass(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static SortedMap<String, String> without(Map<String, String> attributes, Set<String> names) {
    Map<String, String> rest = new LinkedHashMap<>(attributes);
    rest.keySet().removeAll(names);
    return new TreeMap<>(rest);
  }
}
