package dev.offshoot.reporter.model;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.offshoot.wire.Json;

/** The report as programs read it: {@code docs/schemas/delta-report-1.json}. */
public final class ReportJson {
  private static final ObjectMapper MAPPER = Json.mapper().copy().addMixIn(Part.class, ByName.class);

  private static final TypeReference<Part<ReplayedHistory>> HISTORY = new TypeReference<>() {};

  private ReportJson() {}

  public static byte[] write(DeltaReport report) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report can always be written", e);
    }
  }

  /** Empty for what was written by a version that this one does not understand. */
  public static Optional<DeltaReport> read(byte[] json) {
    try {
      DeltaReport report = MAPPER.readValue(json, DeltaReport.class);
      return Optional.of(report).filter(read -> read.format().equals(DeltaReport.FORMAT));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What is known of a snapshot's own history, by itself. */
  public static byte[] writeHistory(Part<ReplayedHistory> history) {
    try {
      return MAPPER.writerFor(HISTORY).withDefaultPrettyPrinter().writeValueAsBytes(history);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A history can always be written", e);
    }
  }

  /** Empty for what was written by a version that this one does not understand. */
  public static Optional<Part<ReplayedHistory>> readHistory(byte[] json) {
    try {
      return Optional.of(MAPPER.readValue(json, HISTORY));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a part is there stands beside it. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
      @JsonSubTypes.Type(value = Part.Present.class, name = "present"),
      @JsonSubTypes.Type(value = Part.Missing.class, name = "missing")
  })
  private interface ByName {}
}
