package dev.offshoot.config;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** YAML text as a tree, within bounds. Messages name the place, never the text: it may be a secret. */
final class YamlTree {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_CODE_POINTS = 1 << 20;

  private YamlTree() {}

  static ObjectNode parse(String yaml) {
    ObjectMapper mapper = mapper();
    try {
      refuseAliases(mapper, yaml);
      JsonNode tree = mapper.readTree(yaml);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      if (tree.isMissingNode() || tree.isNull()) {
        return mapper.createObjectNode();
      }
      throw ConfigException.of("file", "is not a list of keys; start with a line such as 'repositories:'");
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    } catch (MarkedYAMLException e) {
      throw ConfigException.of("file", "is not YAML at line " + (e.getProblemMark().getLine() + 1)
          + "; correct the indentation or quoting there");
    } catch (IOException e) {
      throw new IllegalStateException("Text in memory can always be read", e);
    }
  }

  private static ObjectMapper mapper() {
    LoaderOptions bounds = new LoaderOptions();
    bounds.setCodePointLimit(MAX_CODE_POINTS);
    bounds.setNestingDepthLimit(MAX_DEPTH);
    YAMLFactory factory = YAMLFactory.builder()
        .loaderOptions(bounds)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
    return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** The parser would read an alias as the alias's name, in silence. */
  private static void refuseAliases(ObjectMapper mapper, String yaml) throws IOException {
    try (YAMLParser parser = (YAMLParser) mapper.createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw ConfigException.of("file", "uses a YAML alias at line " + parser.currentTokenLocation().getLineNr()
              + "; write the value out");
        }
      }
    }
  }

  private static ConfigException unreadable(JsonProcessingException e) {
    JsonLocation place = e.getLocation();
    String where = place == null ? "" : " at line " + place.getLineNr();
    String original = e.getOriginalMessage();
    return original != null && original.startsWith("Duplicate field")
        ? ConfigException.of("file", "has the same key twice" + where + "; remove one")
        : ConfigException.of("file", "is not YAML" + where + "; correct the indentation or quoting there");
  }
}
