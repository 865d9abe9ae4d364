package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import dev.offshoot.evidence.Evidence;

class EvidenceCodecTest {
  private static final PublishedSchemas SCHEMAS = new PublishedSchemas(Path.of("../docs/schemas"));

  private final EvidenceCodec codec = new EvidenceCodec();

  @Property(tries = 200)
  void whatIsWrittenIsReadAgainAndIsValid(@ForAll("evidence") Evidence evidence) throws Exception {
    byte[] bytes = codec.encode(evidence);

    assertThat(codec.decode(bytes)).isEqualTo(evidence);
    assertThat(SCHEMAS.problems(EvidenceCodec.SCHEMA, Json.mapper().readTree(bytes))).isEmpty();
  }

  @Example
  void aDocumentWithoutARequiredFieldIsRefusedByTheSchema() throws Exception {
    JsonNode document = Json.mapper().readTree(codec.encode(ContractValues.sample(Evidence.class)));

    assertThat(SCHEMAS.problems(EvidenceCodec.SCHEMA, document)).isEmpty();
    assertThat(JsonHoles.in(document, "")).isNotEmpty()
        .allSatisfy(hole -> assertThat(SCHEMAS.problems(EvidenceCodec.SCHEMA, hole.madeIn(document))).isNotEmpty());
  }

  @Example
  void junkIsUndecodable() {
    for (String junk : new String[] {"", "null", "[]", "{}", "{\"schema\": \"urn:offshoot:schema:evidence\"}", "\u0000"}) {
      assertThatThrownBy(() -> codec.decode(junk.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(UndecodableException.class);
    }
  }

  @Provide
  Arbitrary<Evidence> evidence() {
    return ContractValues.of(Evidence.class);
  }
}
