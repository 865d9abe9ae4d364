package dev.offshoot.embedded.githost;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a played host answers. */
record Reply(int status, String body, Map<String, String> headers) {

  static Reply ok(JsonNode body) {
    return new Reply(200, body.toString(), Map.of("Content-Type", "application/json"));
  }

  static Reply made(JsonNode body) {
    return new Reply(201, body.toString(), Map.of("Content-Type", "application/json"));
  }

  static Reply refused(int status, String message) {
    return new Reply(status, object().put("message", message).toString(), Map.of("Content-Type", "application/json"));
  }

  static Reply text(int status, String text) {
    return new Reply(status, text, Map.of("Content-Type", "text/plain"));
  }

  static Reply notFound() {
    return refused(404, "Not Found");
  }

  Reply with(String header, String value) {
    return new Reply(status, body, Map.of("Content-Type", "application/json", header, value));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static <T> ArrayNode list(List<T> items, Function<T, JsonNode> shape) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> list.add(shape.apply(item)));
    return list;
  }
}
