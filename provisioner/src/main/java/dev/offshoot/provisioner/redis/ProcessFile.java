package dev.offshoot.provisioner.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.process.OwnerOnly;
import dev.offshoot.process.RunningProcess;
import dev.offshoot.wire.Json;

/** {@code process.json} in a server's folder: the process that was last started for it. It may have ended since. */
record ProcessFile(Path folder) {
  private static final ObjectMapper JSON = Json.mapper();
  private static final String NAME = "process.json";

  /** @param bond what it ends with; empty when it ends by itself only */
  record Started(RunningProcess process, Optional<RunningProcess> bond) {
    boolean isBoundTo(Optional<RunningProcess> other) {
      return bond.isPresent() == other.isPresent() && bond.stream().allMatch(mine -> mine.is(other.orElse(mine)));
    }
  }

  /** Empty also when it cannot be read as one: then nobody is trusted by it. */
  Optional<Started> read() {
    Path file = folder.resolve(NAME);
    return RedisFolders.attempt(() -> {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      JsonNode node = JSON.readTree(Files.readString(file));
      return process(node).map(process -> new Started(process, process(node.path("bond"))));
    });
  }

  private static Optional<RunningProcess> process(JsonNode node) {
    try {
      return node.path("pid").isIntegralNumber()
          ? Optional.of(new RunningProcess(node.path("pid").asLong(), Instant.parse(node.path("started").asText())))
          : Optional.empty();
    } catch (DateTimeException notOurs) {
      return Optional.empty();
    }
  }

  void write(Started started) {
    ObjectNode node = json(started.process());
    started.bond().ifPresent(bond -> node.set("bond", json(bond)));
    RedisFolders.attempt(() -> {
      OwnerOnly.write(folder.resolve(NAME), node.toString());
      return true;
    });
  }

  private static ObjectNode json(RunningProcess process) {
    return JSON.createObjectNode().put("pid", process.pid()).put("started", process.started().toString());
  }

  void delete() {
    RedisFolders.attempt(() -> Files.deleteIfExists(folder.resolve(NAME)));
  }
}
