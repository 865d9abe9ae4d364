package dev.offshoot.proof.check;

import com.fasterxml.jackson.databind.JsonNode;

/** An event or a request, as its envelope and its document tell. */
record Said(Line line) {
  private static final String LIFECYCLE = "dev.cdevents.environment.";

  String environment() {
    return line.header("ce_subject");
  }

  String source() {
    return line.header("ce_source");
  }

  String id() {
    return line.header("ce_id");
  }

  String type() {
    return line.header("ce_type");
  }

  /** Whether the environment is usable, for the first time or at a further commit. */
  boolean isCreated() {
    return type().startsWith(LIFECYCLE + "created.");
  }

  boolean isDeleted() {
    return type().startsWith(LIFECYCLE + "deleted.");
  }

  /** Such as {@code environment.accepted}. */
  boolean is(String ours) {
    return type().startsWith("dev.cdeventsx.offshoot-" + ours + ".");
  }

  JsonNode custom() {
    return line.value().path("customData");
  }

  JsonNode data() {
    return custom().path("data");
  }

  long incarnation() {
    return custom().path("incarnation").asLong();
  }

  long sequence() {
    return custom().path("sequence").asLong();
  }

  /** Without what differs when the same thing is said again. */
  String content() {
    return type() + ' ' + environment() + ' ' + custom();
  }

  String at() {
    return type() + " at " + line.position();
  }
}
