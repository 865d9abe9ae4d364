package dev.offshoot.proof.fault;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.proof.check.Expectation;
import dev.offshoot.proof.check.Expectation.Position;
import dev.offshoot.wire.Partitions;

/** Records that no worker can handle, and records of a newer version that it can. */
final class Poison {
  private static final int PARTITIONS = 6;
  private static final String PUSHED = "dev.cdeventsx.offshoot-branch.pushed.0.1.0";
  private static final String BRANCH = "poisoned";
  private static final EnvironmentId ENVIRONMENT =
      EnvironmentId.of(new RepositoryKey(ShopRepository.KEY), GitRef.ofBranch(BRANCH));

  private Poison() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario("poison", "eleven kinds of junk on offshoot.requests and offshoot.environments, in front of and behind a push",
            Poison::poison),
        new Scenario("newer-version", "a push with fields that nobody knows", Poison::newer));
  }

  /**
   * A record.
   *
   * @param partition where it goes instead of where its key belongs
   * @param bytes one character for each; empty for a record without a value
   */
  private record Junk(Optional<Integer> partition, Map<String, String> headers, Optional<String> bytes) {
    static Junk of(String bytes) {
      return new Junk(Optional.empty(), Map.of(), Optional.of(bytes));
    }

    static Junk event(String type, String bytes) {
      return new Junk(Optional.empty(), envelope(type, bytes), Optional.of(bytes));
    }
  }

  private static List<Junk> kinds() {
    String push = document(PUSHED, "");
    String starred = "dev.cdeventsx.offshoot-branch.starred.0.1.0";
    String later = "dev.cdeventsx.offshoot-branch.pushed.9.0.0";
    return List.of(
        Junk.of("\0\1\2\377\7"),
        new Junk(Optional.empty(), Map.of(), Optional.empty()),
        Junk.of(""),
        Junk.of("null"),
        Junk.of("x".repeat(900_000)),
        Junk.of("[".repeat(100_000)),
        Junk.event(starred, document(starred, "")),
        Junk.event(later, document(later, "")),
        new Junk(Optional.of((partition() + 1) % PARTITIONS), envelope(PUSHED, push), Optional.of(push)),
        Junk.event(PUSHED, push.replace("proof", "\300\257\377")),
        Junk.event(PUSHED, push.replace("refs/heads/" + BRANCH, "refs/heads/another")));
  }

  private static int partition() {
    return Partitions.of(ENVIRONMENT, PARTITIONS);
  }

  private static Expectation poison(Rig rig, Expectation before) throws Exception {
    Set<Position> positions = new HashSet<>();
    ShopRepository.Push first = rig.shop().push(BRANCH, 3);
    try (KafkaProducer<String, byte[]> producer = producer(rig)) {
      for (String topic : List.of("offshoot.requests", "offshoot.environments")) {
        for (Junk junk : kinds()) {
          positions.add(send(producer, topic, junk));
        }
      }
      rig.host().tell(first);
      for (Junk junk : kinds()) {
        positions.add(send(producer, "offshoot.requests", junk));
      }
    }
    rig.host().tell(rig.shop().push(BRANCH, 4));
    return before.withPoison(positions);
  }

  private static Expectation newer(Rig rig, Expectation before) throws Exception {
    ShopRepository.Push push = rig.shop().push(BRANCH, 5);
    String document = document(PUSHED, push.after());
    Map<String, String> headers = new LinkedHashMap<>(envelope(PUSHED, document));
    headers.put("ce_severity", "7");
    try (KafkaProducer<String, byte[]> producer = producer(rig)) {
      send(producer, "offshoot.requests", new Junk(Optional.of(partition()), headers,
          Optional.of(document.replaceFirst("\\{", "{\"links\":[{\"of\":\"tomorrow\"}],"))));
    }
    return before;
  }

  private static KafkaProducer<String, byte[]> producer(Rig rig) {
    return new KafkaProducer<>(Map.of("bootstrap.servers", rig.servers().kafkaAddress(), "acks", "all"), new StringSerializer(),
        new ByteArraySerializer());
  }

  private static Position send(KafkaProducer<String, byte[]> producer, String topic, Junk junk) throws Exception {
    int partition = junk.partition().orElseGet(Poison::partition);
    ProducerRecord<String, byte[]> next = junk.bytes()
        .map(bytes -> new ProducerRecord<>(topic, partition, ENVIRONMENT.value(), bytes.getBytes(StandardCharsets.ISO_8859_1)))
        .orElseGet(() -> new ProducerRecord<>(topic, partition, ENVIRONMENT.value(), null));
    junk.headers().forEach((name, value) -> next.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    RecordMetadata written = producer.send(next).get();
    return new Position(topic, written.partition(), written.offset());
  }

  /** Agrees with the document. */
  private static Map<String, String> envelope(String type, String document) {
    String id = document.replaceAll("(?s).*\"id\":\"([0-9a-f-]{36})\".*", "$1");
    return Map.of("ce_specversion", "1.0", "ce_id", id, "ce_source", "/offshoot/proof", "ce_type", type,
        "ce_subject", ENVIRONMENT.value(), "ce_partitionkey", ENVIRONMENT.value(), "ce_time", "2026-11-21T09:30:12.487Z",
        "content-type", "application/json");
  }

  private static String document(String type, String commit) {
    return """
        {"context":{"specversion":"0.5.1","id":"%s","source":"/offshoot/proof","type":"%s","timestamp":"2026-11-21T09:30:12.487Z",
          "schemaUri":"urn:offshoot:schema:%s","chainId":"%s"},
         "subject":{"id":"%s","content":{"weather":"fine"}},"customDataContentType":"application/json",
         "customData":{"kind":"FULL","repository":"shop","ref":"refs/heads/%s","mood":[1,2],"data":{"commit":"%s","created":false,
          "forced":false,"actor":"proof","because":{"of":"a newer version"}}}}
        """.formatted(UUID.randomUUID(), type, type, UUID.randomUUID(), ENVIRONMENT.value(), BRANCH,
        commit.isEmpty() ? "1".repeat(40) : commit);
  }
}
