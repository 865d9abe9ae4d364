package dev.offshoot.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

/** Validates against JSON Schemas in a folder, each under its own {@code $id}; what is not there is never fetched. */
final class PublishedSchemas {
  private final Map<String, String> byId = new HashMap<>();
  private final JsonSchemaFactory factory;

  /** All schemas of a folder. */
  PublishedSchemas(Path folder) {
    for (Path file : files(folder)) {
      byId.put(read(file).path("$id").asText(), text(file));
    }
    this.factory = JsonSchemaFactory.getInstance(
        SpecVersion.VersionFlag.V202012, builder -> builder.schemaLoaders(loaders -> loaders.schemas(this::known)));
  }

  /** One more, that the folder only refers to. */
  PublishedSchemas with(String id, String schema) {
    byId.put(id, schema);
    return this;
  }

  private String known(String id) {
    String schema = byId.get(id);
    if (schema == null) {
      throw new IllegalStateException("No schema " + id + " here, and none is fetched");
    }
    return schema;
  }

  /** What is wrong with a document, empty when nothing is. */
  List<String> problems(String schemaId, JsonNode document) {
    SchemaValidatorsConfig config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return factory.getSchema(SchemaLocation.of(schemaId), config).validate(document).stream()
        .map(ValidationMessage::getMessage).toList();
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(Path file) {
    try {
      return Json.mapper().readTree(text(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
