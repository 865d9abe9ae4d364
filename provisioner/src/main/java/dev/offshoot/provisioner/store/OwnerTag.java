package dev.offshoot.provisioner.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.RepositoryKey;

/**
 * What is written on a resource, so that it can be told apart from one of the same name that another intent has made.
 *
 * @param epoch what it was made from
 * @param intent when the intent that made it was taken
 */
public record OwnerTag(Owner owner, EpochId epoch, Instant intent) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = "offshoot";

  /** As a JSON object that others may add members to. */
  public ObjectNode toJson() {
    return JSON.createObjectNode()
        .put(MARK, 1)
        .put("repository", owner.repository().value())
        .put("environment", owner.environment().value())
        .put("incarnation", owner.incarnation().number())
        .put("epoch", epoch.value())
        .put("intent", intent.toString());
  }

  /** The tag in a text that anyone may have written; empty when it is none of ours. */
  public static Optional<OwnerTag> parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.path(MARK).isInt()) {
        return Optional.empty();
      }
      var owner = new Owner(
          new RepositoryKey(node.path("repository").asText()),
          new EnvironmentId(node.path("environment").asText()),
          new Incarnation(node.path("incarnation").asInt()));
      return Optional.of(
          new OwnerTag(owner, new EpochId(node.path("epoch").asText()), Instant.parse(node.path("intent").asText())));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException notOurs) {
      return Optional.empty();
    }
  }
}
