package dev.offshoot.proof.check;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.proof.check.Expectation.Position;

/**
 * One record of a topic.
 *
 * @param key empty text where there is none
 * @param headers the last of each name, as UTF-8
 * @param value a missing node where it is not JSON
 */
record Line(Position position, String key, Map<String, String> headers, JsonNode value) {
  Line {
    headers = Map.copyOf(headers);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
