package dev.offshoot.reporter.feedback.host;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path below an API's base, with its query. Whatever a part holds, it stays that part.
 *
 * @param parts encoded
 * @param query encoded pairs
 */
public record ApiPath(List<String> parts, List<String> query) {
  public ApiPath {
    parts = List.copyOf(parts);
    query = List.copyOf(query);
  }

  public static ApiPath of(String... parts) {
    return new ApiPath(List.of(), List.of()).then(parts);
  }

  public ApiPath then(String... further) {
    List<String> all = new ArrayList<>(parts);
    for (String part : further) {
      if (part.isEmpty() || part.matches("\\.{1,2}")) {
        throw new IllegalArgumentException("A part of a path is neither empty nor made of dots alone");
      }
      all.add(encoded(part));
    }
    return new ApiPath(all, query);
  }

  public ApiPath with(String name, String value) {
    List<String> all = new ArrayList<>(query);
    all.add(encoded(name) + "=" + encoded(value));
    return new ApiPath(parts, all);
  }

  public ApiPath with(String name, int value) {
    return with(name, Integer.toString(value));
  }

  URI below(URI base) {
    String path = base + "/" + String.join("/", parts);
    return URI.create(query.isEmpty() ? path : path + "?" + String.join("&", query));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  }

  /** Without the query, which may hold what a stranger chose. */
  @Override
  public String toString() {
    return "/" + String.join("/", parts);
  }
}
