package dev.offshoot.wire;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.evidence.Evidence;

/** Evidence as a JSON document that names its schema. */
public final class EvidenceCodec {
  /** {@code docs/schemas/evidence.json}. */
  public static final String SCHEMA = "urn:offshoot:schema:evidence";
  /** No document of ours is larger; a larger one is none of ours. */
  public static final int LARGEST_BYTES = 32 << 20;

  private final ObjectMapper mapper = Json.mapper();

  public byte[] encode(Evidence evidence) {
    ObjectNode document = mapper.createObjectNode().put("schema", SCHEMA);
    document.setAll((ObjectNode) mapper.valueToTree(evidence));
    try {
      return mapper.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Evidence could not be written as JSON", e);
    }
  }

  /** @throws UndecodableException when it is not evidence of ours */
  public Evidence decode(byte[] bytes) throws UndecodableException {
    if (bytes.length > LARGEST_BYTES) {
      throw new UndecodableException("A document of " + bytes.length + " bytes is no evidence of ours");
    }
    try {
      JsonNode document = mapper.readTree(bytes);
      if (!document.path("schema").asText().equals(SCHEMA)) {
        throw new UndecodableException("The document is not of the schema " + SCHEMA);
      }
      return mapper.treeToValue(document, Evidence.class);
    } catch (IOException | RuntimeException e) {
      throw new UndecodableException("The document is not evidence", e);
    }
  }
}
