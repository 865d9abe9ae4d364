package dev.offshoot.ingest;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON of a delivery within bounds: one document, so deep and no deeper, no key twice in what is kept. Most of a delivery is lists
 * of commits and addresses, which nothing is done with (a repository's address is never taken from a delivery): they are checked to be
 * JSON and left out, so that a body of many megabytes does not become a tree of many more.
 */
final class DeliveryJson {
  static final int MAX_DEPTH = 64;
  private static final int MAX_TEXT_LENGTH = 1 << 20;
  private static final int MAX_NAME_LENGTH = 1024;
  private static final int MAX_NUMBER_LENGTH = 100;
  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(MAX_TEXT_LENGTH)
          .maxNameLength(MAX_NAME_LENGTH)
          .maxNumberLength(MAX_NUMBER_LENGTH)
          .build())
      .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DeliveryJson() {}

  /**
   * The document, with null for what is left out.
   *
   * @throws IOException when it is no such JSON
   */
  static JsonNode read(byte[] body) throws IOException {
    try (JsonParser in = JSON.createParser(body)) {
      in.nextToken();
      JsonNode document = value(in);
      if (in.nextToken() != null) {
        throw new JsonParseException(in, "something follows the document");
      }
      return document;
    }
  }

  private static JsonNode value(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == null) {
      throw new JsonParseException(in, "there is no document");
    }
    return switch (token) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_STRING -> NODES.textNode(in.getText());
      case VALUE_NUMBER_INT -> in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? NODES.numberNode(in.getBigIntegerValue()) : NODES.numberNode(in.getLongValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(in.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(in.getBooleanValue());
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new JsonParseException(in, "a value is missing");
    };
  }

  private static ObjectNode object(JsonParser in) throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      JsonNode value = isLeftOut(name) ? leftOut(in) : value(in);
      if (object.replace(name, value) != null) {
        throw new JsonParseException(in, "a key stands twice");
      }
    }
    return object;
  }

  private static ArrayNode array(JsonParser in) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(in));
    }
    return array;
  }

  private static boolean isLeftOut(String name) {
    return name.equals("commits") || name.endsWith("url");
  }

  private static JsonNode leftOut(JsonParser in) throws IOException {
    in.skipChildren();
    return NODES.nullNode();
  }
}
