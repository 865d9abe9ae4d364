package dev.offshoot.provisioner.masking;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.config.ConfigException;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.worker.Failure;

/**
 * The operator's file: {@code postgres:} with a line for each {@code schema.table.column}, {@code solr:} with one for each field,
 * {@code largeObjects:}. {@code docs/operations.md} documents it.
 */
public final class PolicyFile {
  private static final Set<String> GROUPS = Set.of("postgres", "solr", "largeObjects");
  private static final List<String> PUBLIC = List.of("public");
  private static final int COLUMN_PARTS = 3;
  private static final String RULES = "write clear, null, hash, email, name, {fixed: …} or {sql: …}";

  private final Path file;
  private final List<String> problems = new ArrayList<>();

  private PolicyFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the whole file.
   *
   * @throws Failure INVALID with everything that is wrong with it
   */
  public static MaskingPolicy read(Path file) {
    return new PolicyFile(file).read();
  }

  private MaskingPolicy read() {
    ObjectNode tree = tree();
    tree.fieldNames().forEachRemaining(name -> {
      if (!GROUPS.contains(name)) {
        problems.add(name + " is not a part of a masking policy; write postgres, solr or largeObjects");
      }
    });
    MaskingPolicy policy = new MaskingPolicy(
        entries(tree, "postgres", name -> NamePattern.parse(name, PUBLIC, COLUMN_PARTS)),
        entries(tree, "solr", NamePattern::single), largeObjects(tree));
    if (!problems.isEmpty()) {
      throw invalid(String.join("; ", problems));
    }
    return policy;
  }

  private ObjectNode tree() {
    try {
      return ConfigFile.tree(file);
    } catch (ConfigException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private Failure invalid(String why) {
    return new Failure(Failure.Kind.INVALID, "The masking policy " + file + " cannot be used: " + why);
  }

  private List<MaskingPolicy.Entry> entries(ObjectNode tree, String group, Function<String, NamePattern> parse) {
    List<MaskingPolicy.Entry> entries = new ArrayList<>();
    JsonNode node = tree.path(group);
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      problems.add(group + " is a group of lines, each with a name and a rule");
    }
    node.properties().forEach(line -> {
      Optional<MaskRule> rule = rule(line.getValue(), group.equals("postgres"));
      try {
        NamePattern names = parse.apply(line.getKey());
        rule.ifPresentOrElse(r -> entries.add(new MaskingPolicy.Entry(names, r)),
            () -> problems.add(group + "." + line.getKey() + " has no rule; " + RULES));
      } catch (IllegalArgumentException e) {
        problems.add(group + "." + line.getKey() + " " + e.getMessage());
      }
    });
    return entries;
  }

  private Optional<MaskRule> largeObjects(ObjectNode tree) {
    if (!tree.has("largeObjects")) {
      return Optional.empty();
    }
    Optional<MaskRule> rule = rule(tree.path("largeObjects"), false)
        .filter(r -> r instanceof MaskRule.Clear || r instanceof MaskRule.Null);
    if (rule.isEmpty()) {
      problems.add("largeObjects is clear or null");
    }
    return rule;
  }

  private static Optional<MaskRule> rule(JsonNode node, boolean sql) {
    if (node.isNull()) {
      return Optional.of(new MaskRule.Null());
    }
    if (node.isObject() && node.size() == 1) {
      if (node.path("fixed").isValueNode() && !node.path("fixed").isNull()) {
        return Optional.of(new MaskRule.Fixed(node.path("fixed").asText()));
      }
      return sql && node.path("sql").isTextual() && !node.path("sql").asText().isBlank()
          ? Optional.of(new MaskRule.Expression(node.path("sql").asText())) : Optional.empty();
    }
    return node.isTextual() ? word(node.asText()) : Optional.empty();
  }

  private static Optional<MaskRule> word(String word) {
    return switch (word) {
      case "clear" -> Optional.of(new MaskRule.Clear());
      case "null" -> Optional.of(new MaskRule.Null());
      case "hash" -> Optional.of(new MaskRule.Hash());
      case "email" -> Optional.of(new MaskRule.Email());
      case "name" -> Optional.of(new MaskRule.Name());
      default -> Optional.empty();
    };
  }
}
