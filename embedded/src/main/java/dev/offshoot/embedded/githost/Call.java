package dev.offshoot.embedded.githost;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request to a played host.
 *
 * @param path its parts, decoded
 * @param query the last of each name
 */
record Call(String method, List<String> path, Map<String, String> query, JsonNode body) {

  static Call of(String method, URI uri, JsonNode body) {
    List<String> path = Stream.of(uri.getRawPath().split("/", -1)).filter(part -> !part.isEmpty()).map(Call::decoded).toList();
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String[] nameAndValue = pair.split("=", 2);
        query.put(decoded(nameAndValue[0]), nameAndValue.length > 1 ? decoded(nameAndValue[1]) : "");
      }
    }
    return new Call(method, path, query, body);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** @param pattern parts between slashes; a star stands for any one */
  boolean is(String wantedMethod, String pattern) {
    List<String> wanted = new ArrayList<>(List.of(pattern.split("/", -1)));
    if (!method.equals(wantedMethod) || wanted.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).equals("*") && !wanted.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  String part(int index) {
    return path.get(index);
  }

  long number(int index) {
    return Long.parseLong(part(index));
  }

  String asked(String name) {
    return query.getOrDefault(name, "");
  }

  int asked(String name, int otherwise) {
    return query.containsKey(name) ? Integer.parseInt(asked(name)) : otherwise;
  }

  /** As {@code GET /a/b}. */
  String line() {
    return method + " /" + String.join("/", path);
  }
}
