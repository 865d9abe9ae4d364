package dev.offshoot.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A delivery as a real git host sent it. */
record Capture(Map<String, String> headers, String body) {
  /** The client writes these itself. */
  private static final Set<String> OF_THE_CONNECTION = Set.of("host", "content-length");

  static Capture gitea(String name) {
    try (InputStream file = Objects.requireNonNull(Capture.class.getResourceAsStream("/gitea/" + name + ".http"))) {
      byte[] raw = file.readAllBytes();
      int end = new String(raw, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      new String(raw, 0, end, StandardCharsets.ISO_8859_1).lines().skip(1).map(line -> line.split(": ", 2)).forEach(
          header -> headers.put(header[0], header[1]));
      headers.keySet().removeIf(header -> OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT)));
      return new Capture(headers, new String(raw, end + 4, raw.length - end - 4, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
