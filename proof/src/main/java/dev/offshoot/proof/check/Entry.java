package dev.offshoot.proof.check;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A record of {@code offshoot.state}.
 *
 * @param facet what follows the slash of the key; {@code cursor.…} for a worker's place
 */
record Entry(Line line, String environment, String facet) {
  long version() {
    return line.value().path("version").asLong();
  }

  JsonNode value() {
    return line.value().path("value");
  }

  String at() {
    return facet + " version " + version() + " at " + line.position();
  }
}
