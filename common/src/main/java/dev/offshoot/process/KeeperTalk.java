package dev.offshoot.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is said between a {@link KeptStarter} and a {@link Keeper}: one JSON object each way. */
final class KeeperTalk {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeeperTalk() {
  }

  /** @param order empty to ask only who the keeper is */
  record Ask(Optional<Order> order) {}

  /** A program to start. Its environment variables stay behind. */
  record Order(ChildCommand command, String stdin) {
    @Override
    public String toString() {
      return "Order[" + command + "]";
    }
  }

  sealed interface Answer {
    /** The started process, or the keeper's own. */
    record Runs(RunningProcess process) implements Answer {}

    record Refused(String why) implements Answer {}
  }

  static String text(Ask ask) {
    ObjectNode node = JSON.createObjectNode();
    ask.order().ifPresent(order -> {
      ArrayNode words = node.putArray("command");
      order.command().command().forEach(words::add);
      node.put("log", order.command().log().toString());
      node.put("stdin", order.stdin());
    });
    return node.toString();
  }

  static Ask ask(String text) throws IOException {
    JsonNode node = JSON.readTree(text);
    if (!node.has("command")) {
      return new Ask(Optional.empty());
    }
    List<String> words = new ArrayList<>();
    node.path("command").forEach(word -> words.add(word.asText()));
    return new Ask(Optional.of(
        new Order(new ChildCommand(words, Path.of(node.path("log").asText())), node.path("stdin").asText())));
  }

  static String text(Answer answer) {
    return switch (answer) {
      case Answer.Runs(RunningProcess process) -> JSON.createObjectNode().put("pid", process.pid())
          .put("started", process.started().toString()).toString();
      case Answer.Refused(String why) -> JSON.createObjectNode().put("refused", why).toString();
    };
  }

  static Answer answer(String text) throws IOException {
    JsonNode node = JSON.readTree(text);
    if (node.has("pid")) {
      return new Answer.Runs(
          new RunningProcess(node.path("pid").asLong(), Instant.parse(node.path("started").asText())));
    }
    return new Answer.Refused(node.path("refused").asText("the keeper ended before it answered"));
  }
}
