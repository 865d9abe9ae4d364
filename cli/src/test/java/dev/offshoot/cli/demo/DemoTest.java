package dev.offshoot.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.wire.Json;

/**
 * The whole of it, from push to merge, on real servers; with the workers in processes of their own, as in production.
 */
class DemoTest {
  @TempDir
  Path folder;

  @Test
  void everyCheckHoldsFromThePushToTheMergeAndTheSummaryIsTheLastLine() throws Exception {
    try (OffshootProcess demo = OffshootProcess.start(folder, "demo", "--once", "--json", "--processes", "--data",
        folder.resolve("demo").toString())) {
      int status = demo.awaitEnd(Duration.ofMinutes(12));
      List<String> lines = demo.out().lines().toList();

      assertThat(status).as(demo.err()).isZero();
      List<JsonNode> nodes = lines.stream().map(DemoTest::json).toList();
      assertThat(nodes.subList(0, nodes.size() - 1)).allMatch(node -> node.path("kind").asText().equals("event"));
      assertThat(nodes).extracting(node -> node.path("event").asText())
          .contains("SnapshotPublished", "EnvironmentAccepted", "StoresReady", "EnvironmentCreated", "CommitAccepted",
              "EnvironmentModified", "ReportPublished", "EnvironmentDeleted");
      JsonNode summary = nodes.getLast();
      assertThat(summary.path("kind").asText()).isEqualTo("summary");
      assertThat(summary.path("held").asBoolean()).isTrue();
      assertThat(summary.path("checks")).hasSizeGreaterThan(15).allMatch(check -> check.path("held").asBoolean());
      assertThat(summary.path("pushToReadyMillis").asLong()).isPositive();
    }
  }

  private static JsonNode json(String line) {
    try {
      return Json.mapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + line, e);
    }
  }
}
