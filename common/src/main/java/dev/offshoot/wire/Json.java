package dev.offshoot.wire;

import java.io.IOException;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import dev.offshoot.config.Secret;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.CommitPrefix;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;

/**
 * JSON as it stands on the topics and in {@code --json} output: value types as plain strings and numbers, times as ISO 8601, durations
 * as ISO 8601, absent values as null, secrets as stars. Reading ignores unknown fields, so that older readers survive newer writers,
 * refuses a value without a field that is not optional, and is bounded.
 */
public final class Json {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_STRING = 4 << 20;
  private static final ObjectMapper MAPPER = build();

  private Json() {}

  public static ObjectMapper mapper() {
    return MAPPER;
  }

  private static ObjectMapper build() {
    JsonMapper.Builder builder = JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(values())
        .addMixIn(Intent.class, ByName.class)
        .addMixIn(Origin.class, WhatItHas.class)
        .addMixIn(Cursor.class, WhatItHas.class)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    for (Class<?> intent : Intent.class.getPermittedSubclasses()) {
      builder.registerSubtypes(intent);
    }
    JsonMapper mapper = builder.build();
    mapper.getFactory().setStreamReadConstraints(
        StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxStringLength(MAX_STRING).build());
    return mapper;
  }

  private static SimpleModule values() {
    SimpleModule module = new SimpleModule("offshoot-values");
    text(module, RepositoryKey.class, RepositoryKey::value, RepositoryKey::new);
    text(module, GitRef.class, GitRef::name, GitRef::new);
    text(module, Commit.class, Commit::id, Commit::new);
    text(module, CommitPrefix.class, CommitPrefix::digits, CommitPrefix::new);
    text(module, EnvironmentId.class, EnvironmentId::value, EnvironmentId::new);
    text(module, EpochId.class, EpochId::value, EpochId::new);
    text(module, ResourceName.class, ResourceName::value, ResourceName::new);
    text(module, EventId.class, EventId::value, EventId::new);
    text(module, EventSource.class, EventSource::value, EventSource::new);
    module.addSerializer(Secret.class, serializer((value, out) -> out.writeString(value.toString())));
    module.addSerializer(Incarnation.class, serializer((value, out) -> out.writeNumber(value.number())));
    module.addDeserializer(Incarnation.class, deserializer(in -> new Incarnation(in.getIntValue())));
    return module;
  }

  private static <T> void text(SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, serializer((value, out) -> out.writeString(write.apply(value))));
    module.addDeserializer(type, deserializer(in -> read.apply(in.getText())));
  }

  private static <T> JsonSerializer<T> serializer(Writing<T> writing) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
        writing.write(value, out);
      }
    };
  }

  private static <T> JsonDeserializer<T> deserializer(Reading<T> reading) {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return reading.read(in);
      }
    };
  }

  private interface Writing<T> {
    void write(T value, JsonGenerator out) throws IOException;
  }

  private interface Reading<T> {
    T read(JsonParser in) throws IOException;
  }

  /** Which intent it is stands beside its data. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
  private interface ByName {}

  /** What few have is not written for the others. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  private interface WhatItHas {}
}
