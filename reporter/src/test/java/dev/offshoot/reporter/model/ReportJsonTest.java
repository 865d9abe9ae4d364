package dev.offshoot.reporter.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.junit.jupiter.api.Test;

import dev.offshoot.reporter.SampleReports;
import dev.offshoot.wire.Json;

class ReportJsonTest {
  private static final Path FOLDER = Path.of("../docs/schemas");
  private static final List<Findings> ALL = List.of(SampleReports.ordinary(), SampleReports.failing(),
      SampleReports.rehearsed(), SampleReports.hostile(), SampleReports.bare("feature/bare"), SampleReports.clean("feature/clean"));

  private static String published(String id) {
    try {
      return Files.readString(FOLDER.resolve(id.substring(id.lastIndexOf(':') + 1) + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> problems(JsonNode report) {
    JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012,
        builder -> builder.schemaLoaders(loaders -> loaders.schemas(ReportJsonTest::published)))
        .getSchema(SchemaLocation.of("urn:offshoot:schema:delta-report-1"));
    return schema.validate(report).stream().map(ValidationMessage::getMessage).toList();
  }

  private static JsonNode written(Findings findings) throws IOException {
    return Json.mapper().readTree(ReportJson.write(SampleReports.report(findings)));
  }

  @Test
  void whatIsWrittenIsValidUnderThePublishedSchemaAndReadAgain() throws IOException {
    for (Findings findings : ALL) {
      assertThat(problems(written(findings))).isEmpty();
      assertThat(ReportJson.read(ReportJson.write(SampleReports.report(findings))))
          .contains(SampleReports.report(findings));
    }
  }

  @Test
  void aReportWithoutOneOfItsPartsIsRefused() throws IOException {
    for (String part : List.of("header", "plan", "schema", "trial", "lint", "collisions", "drift", "masking", "sizes")) {
      JsonNode report = written(SampleReports.ordinary());
      ((ObjectNode) report.get("findings")).remove(part);
      assertThat(problems(report)).as(part).isNotEmpty();
    }
    ObjectNode silent = (ObjectNode) written(SampleReports.ordinary());
    silent.putArray("notChecked");
    assertThat(problems(silent)).isNotEmpty();
    ObjectNode empty = (ObjectNode) written(SampleReports.ordinary());
    empty.withObject("/findings/schema").removeAll().put("is", "present");
    assertThat(problems(empty)).isNotEmpty();
  }

  @Test
  void everyFieldIsDescribed() throws IOException {
    String schema = published("urn:offshoot:schema:delta-report-1") + published("urn:offshoot:schema:common")
        + published("urn:offshoot:schema:evidence");
    Set<String> names = new TreeSet<>();
    for (Findings findings : ALL) {
      collect(written(findings), names);
    }
    assertThat(names).hasSizeGreaterThan(60).allSatisfy(name -> assertThat(schema).contains("\"" + name + "\":"));
  }

  private static void collect(JsonNode node, Set<String> names) {
    node.fieldNames().forEachRemaining(names::add);
    node.forEach(child -> collect(child, names));
  }

  @Test
  void whatAnotherVersionWroteIsNotRead() {
    assertThat(ReportJson.read("{\"result\": \"migrated\", \"schema\": {\"compared\": true}}".getBytes(UTF_8))).isEmpty();
    assertThat(ReportJson.read("no JSON".getBytes(UTF_8))).isEmpty();
    String later = new String(ReportJson.write(SampleReports.report(SampleReports.ordinary())), UTF_8)
        .replace("offshoot-delta-report/1", "offshoot-delta-report/2");
    assertThat(ReportJson.read(later.getBytes(UTF_8))).isEmpty();
  }
}
