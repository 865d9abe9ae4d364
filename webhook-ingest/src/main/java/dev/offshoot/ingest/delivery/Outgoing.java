package dev.offshoot.ingest.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A delivery as a git host would send it.
 *
 * @param headers the ones that count, with the signature
 */
public record Outgoing(Map<String, String> headers, String body) {
  /** Who does what these deliveries say. */
  public static final String ACTOR = "offshoot";
  /** A commit that no repository has. */
  public static final String A_COMMIT = "0000000000000000000000000000000000000001";
  public static final String NO_COMMIT = "0000000000000000000000000000000000000000";

  public Outgoing {
    headers = Map.copyOf(headers);
  }

  /**
   * The body in UTF-8, with the headers it needs.
   *
   * @param headers those of the host, made from the body's bytes
   */
  public static Outgoing of(ObjectNode body, Function<byte[], Map<String, String>> headers) {
    String text = body.toString();
    Map<String, String> all = new TreeMap<>(headers.apply(text.getBytes(StandardCharsets.UTF_8)));
    all.put("Content-Type", "application/json");
    return new Outgoing(all, text);
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
