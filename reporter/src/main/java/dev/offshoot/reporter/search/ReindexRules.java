package dev.offshoot.reporter.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.reporter.model.SearchDifference.Need;
import dev.offshoot.reporter.model.SearchDifference.Reindex;
import dev.offshoot.reporter.search.SolrSchema.Field;
import dev.offshoot.search.XmlElement;

/**
 * Whether documents that are in the index must be indexed again. Rules and words follow Solr's reference guide, "Reindexing": every property of
 * a field or its type, what text goes through when it is indexed, copied fields; not what happens when it is asked for, and not request
 * handlers.
 */
final class ReindexRules {
  private static final int MOST_NAMES = 8;
  /** What is in the index already stays right without them; the guide wants a reindex after any property all the same. */
  private static final Set<String> NOT_IN_THE_INDEX = Set.of("autoGeneratePhraseQueries", "synonymQueryStyle", "enableGraphQueries",
      "sortMissingFirst", "sortMissingLast", "uninvertible", "useDocValuesAsStored", "large", "required", "default");
  private static final String NEW = "it is new: documents that are in the index have nothing in it";

  /** What was found, by the reason, so that many fields of one type are told once. */
  private final Map<Because, SortedSet<String>> found = new LinkedHashMap<>();

  private ReindexRules() {}

  private record Because(Need need, String why) {}

  static List<Reindex> of(SolrSchema before, SolrSchema after) {
    ReindexRules rules = new ReindexRules();
    rules.schema(before, after);
    rules.fields("", before.fields(), after.fields(), before, after);
    rules.fields("dynamic ", before.dynamicFields(), after.dynamicFields(), before, after);
    return rules.sorted();
  }

  private void schema(SolrSchema before, SolrSchema after) {
    if (!before.uniqueKey().equals(after.uniqueKey())) {
      needed("unique key", "it was " + named(before.uniqueKey()) + " and is " + named(after.uniqueKey())
          + ": documents in the index are told apart by the old one");
    }
    if (!before.version().equals(after.version())) {
      needed("schema version", "it was " + before.version() + " and is " + after.version() + ", which changes defaults of all field types");
    }
    if (!before.similarity().equals(after.similarity())) {
      needed("similarity", "what it counts by is written when a document is indexed");
    }
    after.copyFields().stream().filter(copy -> !before.copyFields().contains(copy))
        .forEach(copy -> needed("copy " + copy, "it is new: documents that are in the index were not copied"));
    before.copyFields().stream().filter(copy -> !after.copyFields().contains(copy))
        .forEach(copy -> needed("copy " + copy, "it is gone: documents that are in the index keep what was copied"));
  }

  private void fields(String kind, SortedMap<String, Field> before, SortedMap<String, Field> after, SolrSchema old, SolrSchema now) {
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Optional<Field> was = Optional.ofNullable(before.get(name));
      Optional<Field> is = Optional.ofNullable(after.get(name));
      if (was.isEmpty()) {
        if (kind.isEmpty() && isFromPattern(name, old)) {
          needed("field " + name, "it is defined by itself now, and documents that are in the index have it by a dynamic field");
        } else {
          add(Need.ADVISED, kind + "field " + name, NEW);
        }
      } else if (is.isEmpty()) {
        needed(kind + "field " + name, "it is gone: what documents have in it stays in the index, and no schema says what it is");
      } else {
        changed(kind + "field " + name, Effective.of(was.get(), old), Effective.of(is.get(), now));
      }
    }
  }

  private static boolean isFromPattern(String name, SolrSchema schema) {
    return schema.dynamicFields().keySet().stream().anyMatch(pattern -> pattern.startsWith("*")
        ? name.endsWith(pattern.substring(1)) : pattern.endsWith("*") && name.startsWith(pattern.substring(0, pattern.length() - 1)));
  }

  private void changed(String subject, Effective was, Effective is) {
    if (!was.type().className().equals(is.type().className())) {
      needed(subject, "its type was " + named(was.type().className()) + " and is " + named(is.type().className()));
      return;
    }
    if (!was.type().indexAnalysis().equals(is.type().indexAnalysis())) {
      needed(subject, "what its text goes through when it is indexed changed");
    }
    if (!was.type().similarity().equals(is.type().similarity())) {
      needed(subject, "its similarity changed: what it counts by is written when a document is indexed");
    }
    SortedSet<String> properties = new TreeSet<>(was.properties().keySet());
    properties.addAll(is.properties().keySet());
    properties.stream().filter(one -> !Objects.equals(was.properties().get(one), is.properties().get(one)))
        .forEach(one -> add(NOT_IN_THE_INDEX.contains(one) ? Need.ADVISED : Need.NEEDED, subject,
            "its " + one + " was " + shown(was, one) + " and is " + shown(is, one)));
  }

  private static String shown(Effective field, String property) {
    return Optional.ofNullable(field.properties().get(property)).orElse("the default");
  }

  /** Of the rest of the configuration; what handles requests does not count. */
  static List<Reindex> ofSolrconfig(XmlElement before, XmlElement after) {
    ReindexRules rules = new ReindexRules();
    rules.part(before, after, "luceneMatchVersion", "it can change how text is taken apart");
    rules.part(before, after, "codecFactory", "it decides how the index is written");
    rules.part(before, after, "updateRequestProcessorChain", "it changes documents before they are indexed");
    rules.part(before, after, "updateProcessor", "it changes documents before they are indexed");
    return rules.sorted();
  }

  private void part(XmlElement before, XmlElement after, String name, String why) {
    if (!before.children(name).map(ReindexRules::plain).toList().equals(after.children(name).map(ReindexRules::plain).toList())) {
      add(Need.ADVISED, name, why);
    }
  }

  /** Without where it stands. */
  private static XmlElement plain(XmlElement element) {
    return new XmlElement(element.name(), element.attributes(), element.children().stream().map(ReindexRules::plain).toList(),
        element.text(), 0);
  }

  private static String named(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private void needed(String subject, String why) {
    add(Need.NEEDED, subject, why);
  }

  private void add(Need need, String subject, String why) {
    found.computeIfAbsent(new Because(need, why), _ -> new TreeSet<>()).add(subject);
  }

  private List<Reindex> sorted() {
    List<Reindex> all = new ArrayList<>();
    for (Need need : Need.values()) {
      found.forEach((because, subjects) -> {
        if (because.need() == need) {
          all.add(new Reindex(need, listed(subjects), because.why()));
        }
      });
    }
    return all;
  }

  private static String listed(SortedSet<String> subjects) {
    int more = Math.max(0, subjects.size() - MOST_NAMES);
    return Stream.concat(subjects.stream().limit(MOST_NAMES), more == 0 ? Stream.of() : Stream.of(more + " more"))
        .collect(Collectors.joining(", "));
  }
}
