package dev.offshoot.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.Activity;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Facet;
import dev.offshoot.environment.FacetName;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.Stores;

/** Entries of {@code offshoot.state} as Kafka records: {@code {"version": n, "value": {…}}}. */
public final class StateCodec {
  private static final String CURSOR = "cursor.";
  private static final Map<String, FacetName> NAMES =
      Arrays.stream(FacetName.values()).collect(Collectors.toMap(FacetName::key, Function.identity()));

  private final ObjectMapper mapper = Json.mapper();
  private final int partitions;

  public StateCodec(KafkaConfig kafka) {
    this.partitions = kafka.partitions();
  }

  public ProducerRecord<String, byte[]> encode(StateEntry entry) {
    ObjectNode document = mapper.createObjectNode().put("version", entry.version());
    String part = switch (entry) {
      case StateEntry.OfFacet f -> {
        document.set("value", mapper.valueToTree(f.facet()));
        yield f.facet().facet().key();
      }
      case StateEntry.OfCursor c -> {
        document.set("value", mapper.valueToTree(c.cursor()));
        yield CURSOR + c.worker();
      }
    };
    try {
      return new ProducerRecord<>(Topic.STATE.topicName(), Partitions.of(entry.environment(), partitions),
          entry.environment().value() + '/' + part, mapper.writeValueAsBytes(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A facet could not be written as JSON", e);
    }
  }

  /**
   * The entry of a record; empty for a tombstone, or a facet that only a newer version knows.
   *
   * @throws UndecodableException when it is not an entry of ours
   */
  public Optional<StateEntry> decode(@Nullable String key, byte @Nullable [] value) throws UndecodableException {
    if (key == null || value == null) {
      return Optional.empty();
    }
    int slash = key.indexOf('/');
    if (slash < 0) {
      throw new UndecodableException("A key of offshoot.state is environment/facet");
    }
    try {
      EnvironmentId environment = new EnvironmentId(key.substring(0, slash));
      String part = key.substring(slash + 1);
      JsonNode document = mapper.readTree(value);
      if (!document.path("value").isObject()) {
        throw new UndecodableException("The entry has no value");
      }
      long version = document.path("version").asLong();
      if (part.startsWith(CURSOR)) {
        Cursor cursor = mapper.treeToValue(document.path("value"), Cursor.class);
        return Optional.of(new StateEntry.OfCursor(environment, version, part.substring(CURSOR.length()), cursor));
      }
      FacetName name = NAMES.get(part);
      return name == null
          ? Optional.empty()
          : Optional.of(new StateEntry.OfFacet(environment, version, mapper.treeToValue(document.path("value"), type(name))));
    } catch (IOException | RuntimeException e) {
      // The library answers junk with unrelated exceptions; one that got away would stop the table.
      throw new UndecodableException("The record is not an entry of offshoot.state", e);
    }
  }

  static Class<? extends Facet> type(FacetName name) {
    return switch (name) {
      case PRESENCE -> Presence.class;
      case STORES -> Stores.class;
      case BACKUPS -> Backups.class;
      case ACTIVITY -> Activity.class;
      case EPOCHS -> Epochs.class;
      case SCHEMA -> Schema.class;
      case REPORT -> Report.class;
    };
  }
}
