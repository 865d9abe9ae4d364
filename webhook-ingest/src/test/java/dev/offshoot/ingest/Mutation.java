package dev.offshoot.ingest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Changes a payload's structure: fields go, come twice, get another type, or hold what nobody would write. The same seed does the same. */
final class Mutation {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TEXTS = List.of("", " ", "push", "merge", "merged", "MERGED", "closed", "completed", "succeeded", "branch",
      "tag", "acme/shop", "main", "refs/heads/main", "refs/heads/", "refs/heads/x", "refs/tags/v1", "refs/pull/1/head", "a..b", "../../x",
      "\u0000", "\ud800", "\u202e", "é", "0".repeat(40), "0".repeat(64), "f".repeat(40), "F".repeat(40), "f".repeat(12), "x".repeat(5000), "-1", "1e9");

  private final RandomGenerator random;

  Mutation(RandomGenerator random) {
    this.random = random;
  }

  /** A copy with one to four changes. */
  ObjectNode of(ObjectNode payload) {
    ObjectNode mutant = payload.deepCopy();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      List<Runnable> possible = new ArrayList<>();
      collect(mutant, possible);
      if (!possible.isEmpty()) {
        possible.get(random.nextInt(possible.size())).run();
      }
    }
    return mutant;
  }

  private void collect(JsonNode node, List<Runnable> possible) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> {
        possible.add(() -> change(object, field.getKey(), field.getValue()));
        collect(field.getValue(), possible);
      });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        possible.add(() -> change(array, Math.min(at, array.size() - 1)));
        collect(array.get(i), possible);
      }
    }
  }

  private void change(ObjectNode object, String field, JsonNode value) {
    switch (random.nextInt(4)) {
      case 0 -> object.remove(field);
      case 1 -> object.set(field, retyped(value));
      default -> object.set(field, any());
    }
  }

  private void change(ArrayNode array, int at) {
    if (at < 0) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> array.remove(at);
      case 1 -> array.insert(at, array.get(at).deepCopy());
      case 2 -> array.set(at, retyped(array.get(at)));
      default -> array.set(at, any());
    }
  }

  private static JsonNode retyped(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> JSON.numberNode(value.textValue().length());
      case NUMBER, BOOLEAN -> JSON.textNode(value.asText());
      case OBJECT -> JSON.arrayNode().add(value.deepCopy());
      case ARRAY -> JSON.objectNode().set("0", value.deepCopy());
      case NULL, MISSING, BINARY, POJO -> JSON.objectNode();
    };
  }

  private JsonNode any() {
    return switch (random.nextInt(9)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(BigInteger.TEN.pow(90));
      case 3 -> JSON.numberNode(new BigDecimal("1e-30"));
      case 4 -> JSON.numberNode(random.nextLong());
      case 5 -> JSON.arrayNode();
      case 6 -> deep();
      default -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
    };
  }

  /** Within the bounds of what is read at all. */
  private static JsonNode deep() {
    JsonNode node = JSON.objectNode();
    for (int i = 0; i < 40; i++) {
      node = i % 2 == 0 ? JSON.arrayNode().add(node) : JSON.objectNode().set("a", node);
    }
    return node;
  }
}
