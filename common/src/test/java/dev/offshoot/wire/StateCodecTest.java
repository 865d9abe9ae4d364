package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.BackupMethod;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Facet;
import dev.offshoot.environment.FacetName;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.Stores;

class StateCodecTest {
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("new-cool-page-k3v7q2x4ma");
  private final StateCodec codec = new StateCodec(KafkaConfig.at("localhost:9092"));

  @Property(tries = 2_000)
  void aFacetIsReadAgain(@ForAll("facets") Facet facet, @ForAll @LongRange(min = 1) long version)
      throws UndecodableException {
    StateEntry entry = new StateEntry.OfFacet(ENVIRONMENT, version, facet);
    ProducerRecord<String, byte[]> record = codec.encode(entry);

    assertThat(codec.decode(record.key(), record.value())).contains(entry);
    assertThat(record.topic()).isEqualTo("offshoot.state");
    assertThat(record.key()).isEqualTo("new-cool-page-k3v7q2x4ma/" + facet.facet().key());
    assertThat(record.partition()).isEqualTo(Partitions.of(ENVIRONMENT, 24));
  }

  @Property(tries = 500)
  void aCursorIsReadAgain(
      @ForAll String topic, @ForAll @LongRange(min = -1) long offset, @ForAll @LongRange(min = 0) long sequence,
      @ForAll Optional<String> refusal)
      throws UndecodableException {
    StateEntry entry = new StateEntry.OfCursor(ENVIRONMENT, 3, "provisioner", new Cursor(topic, offset, sequence, refusal.map(reason -> new Cursor.Refusal(offset, reason))));
    ProducerRecord<String, byte[]> record = codec.encode(entry);

    assertThat(codec.decode(record.key(), record.value())).contains(entry);
    assertThat(record.key()).isEqualTo("new-cool-page-k3v7q2x4ma/cursor.provisioner");
  }

  @Property(tries = 300)
  void fieldsOfANewerVersionAreIgnored(@ForAll("facets") Facet facet) throws Exception {
    StateEntry entry = new StateEntry.OfFacet(ENVIRONMENT, 1, facet);
    ProducerRecord<String, byte[]> record = codec.encode(entry);
    ObjectNode document = (ObjectNode) Json.mapper().readTree(record.value());
    document.put("newer", true).withObject("/value").put("newer", true);

    assertThat(codec.decode(record.key(), Json.mapper().writeValueAsBytes(document))).contains(entry);
  }

  /** As they were written before an environment could be rebuilt. */
  @Test
  void valuesFromBeforeRebuildsAreRead() throws UndecodableException {
    Origin origin = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("x"));
    EpochId epoch = new EpochId("e261121093000000");
    String key = origin.environment().value();
    String presence = """
        {"version":3,"value":{"origin":{"kind":"FULL","repository":"shop","ref":"refs/heads/x"},"intent":{"is":"Standing",
        "incarnation":1,"epoch":"e261121093000000"},"tip":null,"failure":null,"since":"2026-11-21T09:30:00Z"}}""";
    String stores = """
        {"version":1,"value":{"incarnation":1,"epoch":"e261121093000000","keyId":"k1","coordinates":[]}}""";

    assertThat(codec.decode(key + "/presence", utf8(presence))).contains(new StateEntry.OfFacet(origin.environment(), 3,
        new Presence(origin, new Intent.Standing(Incarnation.FIRST, epoch), Optional.empty(), Optional.empty(),
            Instant.parse("2026-11-21T09:30:00Z"))));
    assertThat(codec.decode(key + "/stores", utf8(stores))).contains(
        new StateEntry.OfFacet(origin.environment(), 1, new Stores(Incarnation.FIRST, epoch, "k1", List.of())));
  }

  /** As it was written before archives. */
  @Test
  void aReceiptFromBeforeArchivesIsReadAsWhatItWas() throws UndecodableException {
    String backups = """
        {"version":1,"value":{"receipts":[{"kind":"POSTGRES","incarnation":1,"kept":"retained_x_i1","bytes":7,"fingerprint":"f00",
        "verified":"rows counted","at":"2026-11-21T09:30:00Z"}]}}""";

    assertThat(codec.decode(ENVIRONMENT + "/backups", utf8(backups)))
        .get().isInstanceOfSatisfying(StateEntry.OfFacet.class, entry -> assertThat(((Backups) entry.facet()).receipts())
            .singleElement().satisfies(receipt -> {
              assertThat(receipt.method()).isEqualTo(BackupMethod.RETAINED);
              assertThat(receipt.epoch()).isEmpty();
              assertThat(receipt.dropped()).isEmpty();
            }));
  }

  @Test
  void epochsFromBeforeTheyRecordedHowTheyWereTakenAreRead() throws UndecodableException {
    String epochs = """
        {"version":2,"value":{"epochs":[{"id":"e261121093000000","takenAt":"2026-11-21T09:30:00Z","stores":[{"kind":"POSTGRES",
        "name":"shop_staging_x_e261121093000000","cutAt":"2026-11-21T09:30:01Z","bytes":7}]}]}}""";
    StoreSnapshot part = new StoreSnapshot(StoreKind.POSTGRES, "shop_staging_x_e261121093000000",
        Instant.parse("2026-11-21T09:30:01Z"), 7);

    assertThat(codec.decode(ENVIRONMENT + "/epochs", utf8(epochs))).contains(new StateEntry.OfFacet(ENVIRONMENT, 2,
        new Epochs(List.of(new Epoch(new EpochId("e261121093000000"), Instant.parse("2026-11-21T09:30:00Z"), List.of(part))))));
    assertThat(part.masked()).isEmpty();
    assertThat(part.fingerprint()).isEmpty();
  }

  @Test
  void aFacetOfANewerVersionIsPassedOver() throws UndecodableException {
    assertThat(codec.decode(ENVIRONMENT + "/promotion", utf8("{\"version\":1,\"value\":{}}"))).isEmpty();
  }

  @Test
  void aTombstoneSaysNothing() throws UndecodableException {
    assertThat(codec.decode(ENVIRONMENT + "/presence", null)).isEmpty();
    assertThat(codec.decode(null, utf8("{}"))).isEmpty();
  }

  /** A null that got through would stop the state table of every worker. */
  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"version\":1}", "{\"version\":1,\"value\":null}",
      "{\"version\":1,\"value\":7}",
      "{\"version\":1,\"value\":{}}", "{", "\u0000"})
  void anEntryWithoutItsValueIsRefused(String value) {
    for (FacetName facet : FacetName.values()) {
      refused(ENVIRONMENT + "/" + facet.key(), utf8(value));
    }
    refused(ENVIRONMENT + "/cursor.provisioner", utf8(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "presence", "/presence", "../presence", "'; DROP DATABASE x;--/presence"})
  void aKeyThatIsNoneOfOursIsRefused(String key) {
    refused(key, utf8("{\"version\":1,\"value\":{}}"));
  }

  @Test
  void deepNestingIsRefusedWithoutAStackOverflow() {
    refused(ENVIRONMENT + "/presence", utf8("{\"a\":".repeat(1_000_000)));
  }

  @ParameterizedTest
  @EnumSource(FacetName.class)
  void aFacetWithoutAFieldThatIsNotOptionalIsRefused(FacetName name) throws Exception {
    ProducerRecord<String, byte[]> record = codec.encode(new StateEntry.OfFacet(ENVIRONMENT, 1,
        ContractValues.sample(name)));
    JsonNode document = Json.mapper().readTree(record.value());
    List<JsonHoles.Hole> holes = JsonHoles.in(document.at("/value"), "/value");

    assertThat(holes).isNotEmpty();
    for (JsonHoles.Hole hole : holes) {
      refused(record.key(), Json.mapper().writeValueAsBytes(hole.madeIn(document)));
    }
  }

  @Property(tries = 2_000)
  void anyBytesAreUndecodable(@ForAll("names") FacetName name, @ForAll byte[] value) {
    refused(ENVIRONMENT + "/" + name.key(), value);
  }

  @Test
  void everyFacetHasAKeyOfItsOwn() {
    assertThat(FacetName.values()).extracting(FacetName::key).doesNotHaveDuplicates();
    assertThat(Arrays.stream(FacetName.values()).map(StateCodec::type).collect(Collectors.<Class<?>>toSet()))
        .isEqualTo(Set.of(Facet.class.getPermittedSubclasses()));
  }

  private void refused(String key, byte[] value) {
    assertThatThrownBy(() -> codec.decode(key, value)).as(key).isInstanceOf(UndecodableException.class);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<FacetName> names() {
    return Arbitraries.of(FacetName.class);
  }

  @Provide
  Arbitrary<Facet> facets() {
    return Arbitraries.of(FacetName.class).flatMap(ContractValues::facets);
  }
}
