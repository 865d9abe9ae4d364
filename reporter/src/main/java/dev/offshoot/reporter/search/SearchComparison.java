package dev.offshoot.reporter.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.offshoot.git.UnifiedDiff;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.SchemaDifference.Kind;
import dev.offshoot.reporter.model.SearchDifference;
import dev.offshoot.reporter.model.SearchDifference.FileChange;
import dev.offshoot.reporter.model.SearchDifference.Reindex;
import dev.offshoot.reporter.model.SearchDifference.SchemaChange;
import dev.offshoot.search.ConfigSet;
import dev.offshoot.search.ConfigSet.ConfigFile;
import dev.offshoot.search.ContainedConfig;
import dev.offshoot.search.XmlElement;

/** Compares the config set that Staging is deployed with and a branch's. */
public final class SearchComparison {
  private static final int MOST_CHANGES = 300;
  private static final int LONGEST_DIFF = 100_000;

  private SearchComparison() {}

  /** Pure. Missing where one of the schemas cannot be read. */
  public static Part<SearchDifference> of(ConfigSet before, ConfigSet after) {
    if (before.isEmpty() && !after.isEmpty()) {
      return Part.missing("the branch that Staging is deployed from has no config set in " + before.folder() + " to compare with");
    }
    List<FileChange> files = files(before, after);
    if (after.isEmpty() || files.isEmpty()) {
      return Part.present(new SearchDifference(Excerpt.of(files, MOST_CHANGES), Excerpt.all(List.of()), Excerpt.all(List.of()),
          after.isEmpty() ? "" : diff(before, after), after.ignored()));
    }
    Optional<SolrSchema> old = ContainedConfig.schemaOf(before).map(root -> SolrSchema.of(root, before));
    Optional<SolrSchema> now = ContainedConfig.schemaOf(after).map(root -> SolrSchema.of(root, after));
    if ((before.schema().isPresent() && old.isEmpty()) || (after.schema().isPresent() && now.isEmpty())) {
      return Part.missing("the schema of " + (now.isEmpty() ? "the branch" : "the branch that Staging is deployed from") + " cannot be read");
    }
    List<SchemaChange> changes = new ArrayList<>();
    List<Reindex> reindex = new ArrayList<>();
    if (old.isPresent() && now.isPresent()) {
      changes.addAll(changes(old.get(), now.get()));
      reindex.addAll(ReindexRules.of(old.get(), now.get()));
    }
    Optional<XmlElement> oldConfig = ContainedConfig.solrconfigOf(before);
    Optional<XmlElement> newConfig = ContainedConfig.solrconfigOf(after);
    if (oldConfig.isPresent() && newConfig.isPresent()) {
      reindex.addAll(ReindexRules.ofSolrconfig(oldConfig.get(), newConfig.get()));
    }
    reindex.sort(Comparator.comparing(Reindex::need));
    return Part.present(new SearchDifference(Excerpt.of(files, MOST_CHANGES), Excerpt.of(changes, MOST_CHANGES),
        Excerpt.of(reindex, MOST_CHANGES), diff(before, after), after.ignored()));
  }

  private static SortedSet<String> paths(ConfigSet before, ConfigSet after) {
    SortedSet<String> paths = new TreeSet<>();
    before.files().forEach(file -> paths.add(file.path()));
    after.files().forEach(file -> paths.add(file.path()));
    return paths;
  }

  private static List<FileChange> files(ConfigSet before, ConfigSet after) {
    List<FileChange> files = new ArrayList<>();
    for (String path : paths(before, after)) {
      kind(before.file(path), after.file(path)).ifPresent(kind -> files.add(new FileChange(kind, path)));
    }
    return files;
  }

  private static <T> Optional<Kind> kind(Optional<T> before, Optional<T> after) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    return Optional.of(before.isEmpty() ? Kind.ADDED : after.isEmpty() ? Kind.REMOVED : Kind.CHANGED);
  }

  private static String diff(ConfigSet before, ConfigSet after) {
    StringBuilder all = new StringBuilder();
    for (String path : paths(before, after)) {
      all.append(UnifiedDiff.of(after.folder() + "/" + path, text(before, path), text(after, path)));
    }
    return all.length() <= LONGEST_DIFF ? all.toString() : all.substring(0, LONGEST_DIFF) + "\n… cut";
  }

  private static String text(ConfigSet set, String path) {
    return set.file(path).map(ConfigFile::text).orElse("");
  }

  private static List<SchemaChange> changes(SolrSchema before, SolrSchema after) {
    List<SchemaChange> changes = new ArrayList<>();
    compare("field", before.fields(), after.fields(), changes);
    compare("dynamic field", before.dynamicFields(), after.dynamicFields(), changes);
    Map<String, String> copies = new TreeMap<>();
    before.copyFields().forEach(copy -> copies.put(copy, copy));
    Map<String, String> copiesNow = new TreeMap<>();
    after.copyFields().forEach(copy -> copiesNow.put(copy, copy));
    compare("copy field", copies, copiesNow, changes);
    compare("field type", before.types(), after.types(), changes);
    one("unique key", before.uniqueKey(), after.uniqueKey(), changes);
    one("similarity", before.similarity(), after.similarity(), changes);
    one("version", before.version(), after.version(), changes);
    return changes;
  }

  private static <T> void compare(String part, Map<String, T> before, Map<String, T> after, List<SchemaChange> into) {
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Optional<T> was = Optional.ofNullable(before.get(name));
      Optional<T> is = Optional.ofNullable(after.get(name));
      kind(was, is).ifPresent(kind -> into.add(
          new SchemaChange(kind, part, name, was.flatMap(old -> is.map(now -> how(old, now))).orElse(""))));
    }
  }

  private static void one(String part, String before, String after, List<SchemaChange> into) {
    if (!Objects.equals(before, after)) {
      into.add(new SchemaChange(before.isEmpty() ? Kind.ADDED : after.isEmpty() ? Kind.REMOVED : Kind.CHANGED, part, "",
          part.equals("similarity") ? "" : named(before) + " → " + named(after)));
    }
  }

  private static String named(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private static String how(Object before, Object after) {
    if (before instanceof SolrSchema.Field was && after instanceof SolrSchema.Field is) {
      List<String> all = new ArrayList<>();
      if (!was.type().equals(is.type())) {
        all.add("type " + was.type() + " → " + is.type());
      }
      all.addAll(properties(was.properties(), is.properties()));
      return String.join(", ", all);
    }
    if (before instanceof SolrSchema.FieldType was && after instanceof SolrSchema.FieldType is) {
      List<String> all = new ArrayList<>();
      if (!was.className().equals(is.className())) {
        all.add("class " + was.className() + " → " + is.className());
      }
      all.addAll(properties(was.properties(), is.properties()));
      if (!was.indexAnalysis().equals(is.indexAnalysis())) {
        all.add("analysis when indexed");
      }
      if (!was.queryAnalysis().equals(is.queryAnalysis())) {
        all.add("analysis when asked");
      }
      if (!was.similarity().equals(is.similarity())) {
        all.add("similarity");
      }
      return String.join(", ", all);
    }
    return "";
  }

  private static List<String> properties(Map<String, String> before, Map<String, String> after) {
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names.stream().filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .map(name -> name + " " + Optional.ofNullable(before.get(name)).orElse("not written") + " → "
            + Optional.ofNullable(after.get(name)).orElse("not written")).toList();
  }
}
