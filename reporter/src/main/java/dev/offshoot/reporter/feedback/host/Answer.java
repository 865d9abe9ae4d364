package dev.offshoot.reporter.feedback.host;

import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a host answered: done, or that there is no such thing.
 *
 * @param body missing where the answer has none
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  public boolean isThere() {
    return status != NOT_FOUND && status != GONE;
  }

  /** The elements of a list; none where it is something else. */
  public static List<JsonNode> elements(JsonNode list) {
    List<JsonNode> all = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(all::add);
    }
    return all;
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  OptionalLong number(String header) {
    return header(header).filter(text -> text.strip().matches("[0-9]{1,12}"))
        .map(text -> OptionalLong.of(Long.parseLong(text.strip()))).orElse(OptionalLong.empty());
  }
}
