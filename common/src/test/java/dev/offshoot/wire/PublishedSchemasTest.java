package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Facet;
import dev.offshoot.environment.FacetName;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

/** What we write is what {@code docs/schemas} promises, no less. */
class PublishedSchemasTest {
  private static final Path FOLDER = Path.of("../docs/schemas");
  private static final PublishedSchemas SCHEMAS = new PublishedSchemas(FOLDER);
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("new-cool-page-k3v7q2x4ma");

  private final EventCodec events = new EventCodec(KafkaConfig.at("localhost:9092"));
  private final StateCodec states = new StateCodec(KafkaConfig.at("localhost:9092"));

  private JsonNode written(Message message) throws IOException {
    return Json.mapper().readTree(events.encode(message).value());
  }

  private JsonNode written(Facet facet) throws IOException {
    return Json.mapper().readTree(states.encode(new StateEntry.OfFacet(ENVIRONMENT, 1, facet)).value());
  }

  @Test
  void everyTypeAndFacetHasASchemaAndNoOtherFileIsThere() {
    Set<String> files = PublishedSchemas.files(FOLDER).stream().map(f -> f.getFileName().toString())
        .collect(Collectors.toSet());
    Stream<String> types = Stream.of(EventType.values()).map(EventType::typeName);
    Stream<String> facets = Stream.of(FacetName.values()).map(f -> "facet-" + f.key());

    assertThat(files).containsExactlyInAnyOrderElementsOf(
        Stream.of(types, facets, Stream.of("common", "cursor", "evidence", "delta-report-1")).flatMap(s -> s).map(name -> name + ".json").toList());
  }

  @Test
  void aFileIsNamedAsItsSchema() {
    assertThat(PublishedSchemas.files(FOLDER)).allSatisfy(file -> {
      JsonNode schema = PublishedSchemas.read(file);
      assertThat(schema.path("$id").asText() + ".json").isEqualTo("urn:offshoot:schema:" + file.getFileName());
      assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
    });
  }

  @Property(tries = 1_000)
  void everyEventIsValidUnderTheSchemaThatItNames(@ForAll("messages") Message message) throws IOException {
    JsonNode document = written(message);

    assertThat(SCHEMAS.problems(document.at("/context/schemaUri").asText(), document)).isEmpty();
  }

  @Property(tries = 1_000)
  void everyFacetIsValid(@ForAll("facets") Facet facet) throws IOException {
    assertThat(SCHEMAS.problems("urn:offshoot:schema:facet-" + facet.facet().key(), written(facet))).isEmpty();
  }

  @Test
  void aCursorIsValid() throws IOException {
    JsonNode refusing = Json.mapper().readTree(states.encode(new StateEntry.OfCursor(
        ENVIRONMENT, 1, "migrator", new Cursor("t", 4, 1, Optional.of(new Cursor.Refusal(3, "there is no such branch"))))).value());
    assertThat(SCHEMAS.problems("urn:offshoot:schema:cursor", refusing)).isEmpty();
    JsonNode document = Json.mapper().readTree(
        states.encode(new StateEntry.OfCursor(ENVIRONMENT, 1, "migrator", Cursor.START)).value());

    assertThat(SCHEMAS.problems("urn:offshoot:schema:cursor", document)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void anEventWithoutARequiredFieldIsRefused(EventType type) throws IOException {
    JsonNode document = written(ContractValues.sample(type));
    boolean mayLackItsChain = Request.class.isAssignableFrom(type.event());
    refuses("urn:offshoot:schema:" + type.typeName(), document, JsonHoles.in(document, "").stream()
        .filter(hole -> !(mayLackItsChain && hole.field().equals("chainId"))).toList());
  }

  @ParameterizedTest
  @EnumSource(FacetName.class)
  void aFacetWithoutARequiredFieldIsRefused(FacetName name) throws IOException {
    JsonNode document = written(ContractValues.sample(name));
    refuses("urn:offshoot:schema:facet-" + name.key(), document, JsonHoles.in(document, ""));
  }

  private static void refuses(String schemaId, JsonNode document, List<JsonHoles.Hole> holes) {
    assertThat(SCHEMAS.problems(schemaId, document)).isEmpty();
    assertThat(holes).isNotEmpty().allSatisfy(hole -> assertThat(SCHEMAS.problems(schemaId, hole.madeIn(document)))
        .isNotEmpty());
  }

  @Test
  void anEventOfAnotherTypeIsRefused() throws IOException {
    JsonNode created = written(ContractValues.sample(EventType.ENVIRONMENT_CREATED));

    assertThat(SCHEMAS.problems("urn:offshoot:schema:" + EventType.ENVIRONMENT_MODIFIED.typeName(), created))
        .isNotEmpty();
  }

  @Provide
  Arbitrary<Message> messages() {
    return Arbitraries.of(EventType.class).flatMap(ContractValues::messages);
  }

  @Provide
  Arbitrary<Facet> facets() {
    return Arbitraries.of(FacetName.class).flatMap(ContractValues::facets);
  }
}
