package dev.offshoot.reporter.feedback.host;

import java.util.Arrays;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.worker.Failure;

/** Reading what must be there. */
public final class Found {
  private Found() {}

  /**
   * The value of a field.
   *
   * @throws Failure that is permanent where an answer has none: then it is no API of this host
   */
  public static String text(JsonNode node, String pointer) {
    JsonNode value = node.at(pointer);
    if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
      throw new Failure(Failure.Kind.INVALID,
          "The git host's answer has no " + pointer + "; is feedback.api the API of the configured host?");
    }
    return value.asText();
  }

  /** Whether these fields hold the same texts; none is as good as an empty one. */
  public static boolean same(JsonNode there, JsonNode wanted, String... pointers) {
    return Arrays.stream(pointers).allMatch(pointer -> there.at(pointer).asText("").equals(wanted.at(pointer).asText("")));
  }

  /** What the repository must be for anything to be told. */
  public static Answer repository(Answer answer, String fullName) {
    if (answer.isThere()) {
      return answer;
    }
    throw new Failure(Failure.Kind.DENIED, "The git host shows no repository " + fullName
        + " to this token; correct fullName or feedback.api, or let the account of feedback.token read the repository");
  }

  /** What the commit must be for a status. */
  public static void commit(Answer answer, String fullName) {
    if (!answer.isThere()) {
      throw new Failure(Failure.Kind.INVALID, "The git host knows no such commit in " + fullName
          + ", or shows this token no such repository; correct fullName or feedback.api, or the rights of feedback.token");
    }
  }
}
