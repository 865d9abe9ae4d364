package dev.offshoot.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.offshoot.search.ConfigSet.ConfigFile;

/**
 * A branch's config set as Solr gets it.
 *
 * <p>Law: nothing of it loads a class that is not on a list, runs a script, opens a way of reading files or hosts, or takes a property of the
 * server, and its index can be backed up and compared. Its XML is written anew from what was checked. The schema stands under each name that Solr may look for, and its solrconfig.xml
 * takes the schema as it is: it changes with pushes only.
 *
 * @param files by their paths in the config set
 */
public record ContainedConfig(SortedMap<String, String> files) {
  private static final List<String> CLOSED = List.of("/stream", "/sql", "/graph", "/export", "/debug/dump", "/admin/file");
  private static final Set<String> OWN_ELEMENTS = Set.of("currencyConfig", "rates", "rate", "enumsConfig", "enum", "value", "elevate", "query", "doc");

  public ContainedConfig {
    files = new TreeMap<>(files);
  }

  /** What becomes of a config set. */
  public sealed interface Checked {}

  /** It may be applied. */
  public record Accepted(ContainedConfig config) implements Checked {}

  /**
   * It may not.
   *
   * @param refusals in the order of the files; at least one
   */
  public record Refused(List<Refusal> refusals) implements Checked {
    public Refused {
      refusals = List.copyOf(refusals);
    }
  }

  /** Pure. Of an empty set nothing is accepted, which is Staging's configuration. */
  public static Checked of(ConfigSet set) {
    SortedMap<String, String> files = new TreeMap<>();
    List<Refusal> refusals = new ArrayList<>();
    set.schema().ifPresent(schema -> read(set.placeOf(schema), schema.text(), refusals).ifPresent(root -> {
      refusals.addAll(SchemaRules.check(set.placeOf(schema), root));
      refusals.addAll(CostRules.ofSchema(set, set.placeOf(schema), root));
      String text = SafeXml.write(root);
      files.put("schema.xml", text);
      files.put("managed-schema.xml", text);
    }));
    set.solrconfig().ifPresent(config -> solrconfig(set, config, files, refusals));
    for (ConfigFile file : set.files()) {
      if (!ConfigSet.isSchema(file.path()) && !file.path().equals(ConfigSet.SOLRCONFIG)) {
        other(set, file, files, refusals);
      }
    }
    return refusals.isEmpty() ? new Accepted(new ContainedConfig(files)) : new Refused(refusals);
  }

  /** A set's schema, as it is read; empty where there is none, or it is no plain XML. */
  public static Optional<XmlElement> schemaOf(ConfigSet set) {
    return set.schema().flatMap(file -> read(set.placeOf(file), file.text(), new ArrayList<>()));
  }

  /** The same of its solrconfig.xml. */
  public static Optional<XmlElement> solrconfigOf(ConfigSet set) {
    return set.solrconfig().flatMap(file -> read(set.placeOf(file), file.text(), new ArrayList<>()));
  }

  private static void solrconfig(ConfigSet set, ConfigFile config, SortedMap<String, String> files, List<Refusal> refusals) {
    String place = set.placeOf(config);
    if (set.schema().isEmpty()) {
      refusals.add(new Refusal(place, 1, "a solrconfig.xml needs the schema beside it; add managed-schema.xml or schema.xml, or remove it"));
    }
    read(place, config.text(), refusals).ifPresent(root -> {
      refusals.addAll(SolrconfigRules.check(place, root));
      refusals.addAll(CostRules.ofSolrconfig(place, root));
      files.put(ConfigSet.SOLRCONFIG, SafeXml.write(closed(root)));
    });
  }

  /** With the schema as it stands, Solr's own handlers closed that nothing here needs, and without a folder for data. */
  private static XmlElement closed(XmlElement root) {
    Set<String> named = root.children("requestHandler").flatMap(handler -> handler.attribute("name").stream()).collect(Collectors.toSet());
    List<XmlElement> children = new ArrayList<>(root.children().stream()
        .filter(child -> !Set.of("schemaFactory", "dataDir", "updateHandler").contains(child.name())).toList());
    XmlElement updates = root.children("updateHandler").findFirst()
        .orElseGet(() -> XmlElement.of("updateHandler", Map.of("class", "solr.DirectUpdateHandler2")));
    children.add(updates.children("updateLog").findAny().isPresent() ? updates : updates.plus(XmlElement.of("updateLog", Map.of())));
    children.add(XmlElement.of("schemaFactory", Map.of("class", "ClassicIndexSchemaFactory")));
    CLOSED.stream().filter(name -> !named.contains(name))
        .forEach(name -> children.add(XmlElement.of("requestHandler", new TreeMap<>(Map.of("name", name, "class", "solr.NotFoundRequestHandler")))));
    return root.withChildren(children);
  }

  private static void other(ConfigSet set, ConfigFile file, SortedMap<String, String> files, List<Refusal> refusals) {
    String place = set.placeOf(file);
    if (!file.path().endsWith(".xml")) {
      files.put(file.path(), file.text());
      return;
    }
    read(place, file.text(), refusals).ifPresent(root -> {
      root.all().filter(element -> !OWN_ELEMENTS.contains(element.name())).findFirst().ifPresent(element -> refusals.add(
          new Refusal(place, Math.max(1, element.line()), "<" + element.name() + "> is not an element of this file; remove it")));
      files.put(file.path(), SafeXml.write(root));
    });
  }

  private static Optional<XmlElement> read(String place, String text, List<Refusal> refusals) {
    try {
      return Optional.of(PropertyDefaults.in(place, SafeXml.read(place, text)));
    } catch (RefusedException e) {
      refusals.add(e.refusal());
      return Optional.empty();
    }
  }

  /** Short name of what is in it: the same for the same files, in 16 hex digits. */
  public String hash() {
    SortedMap<String, byte[]> bytes = new TreeMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return hash(bytes);
  }

  static String hash(SortedMap<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach((path, content) -> {
        digest.update((path + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
      });
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  public boolean isEmpty() {
    return files.isEmpty();
  }
}
