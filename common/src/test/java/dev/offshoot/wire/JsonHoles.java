package dev.offshoot.wire;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Every field that may not be missing from a document whose optional fields are null, to be taken out one at a
 * time.
 */
final class JsonHoles {
  private JsonHoles() {}

  record Hole(String parent, String field) {
    /** A copy of the document without the field. */
    JsonNode madeIn(JsonNode document) {
      JsonNode copy = document.deepCopy();
      ((ObjectNode) copy.at(parent)).remove(field);
      return copy;
    }
  }

  /** The holes at and below a node; of a list in its first element. */
  static List<Hole> in(JsonNode node, String pointer) {
    List<Hole> holes = new ArrayList<>();
    node.properties().forEach(field -> {
      if (!field.getValue().isNull()) {
        holes.add(new Hole(pointer, field.getKey()));
      }
      holes.addAll(in(field.getValue(), pointer + "/" + field.getKey()));
    });
    if (node.isArray() && !node.isEmpty()) {
      holes.addAll(in(node.get(0), pointer + "/0"));
    }
    return holes;
  }
}
