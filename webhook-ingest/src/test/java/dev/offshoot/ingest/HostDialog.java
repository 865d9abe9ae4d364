package dev.offshoot.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A git host's dialog for a webhook, played: takes what the host's page says word for word, and delivers accordingly. A field that the
 * dialog has not, or an event that it does not offer, is an error.
 *
 * @param repository what the host calls the repository of the page
 * @param fields what the dialog asks for
 * @param events what it offers, and what is delivered then
 * @param signing with {@link TestConfig#SECRET}
 */
record HostDialog(String repository, Map<String, Field> fields, Map<String, List<Event>> events, HostFixture.Signing signing) {
  private static final String YOUR_ADDRESS = "https://<your address>";
  private static final String NEW_SECRET = "the one from `offshoot hooks secret new`";
  private static final Pattern PROOF = Pattern.compile("(?i).*(signature|token|authorization).*");

  /** What a field is for. */
  enum Field {
    URL,
    CONTENT_TYPE,
    SECRET,
    EVENTS,
    /** What changes nothing in a delivery. */
    OTHER
  }

  /**
   * A delivery before it is signed.
   *
   * @param hint which event it is, where a header says so
   */
  record Event(String hint, String body) {}

  /** A delivery. */
  record Sent(String path, Map<String, String> headers, String body) {}

  /** All that happens to the repository, as far as it was selected. */
  List<Sent> deliveries(Map<String, String> filledIn) {
    if (!fields.keySet().containsAll(filledIn.keySet())) {
      throw new IllegalArgumentException("The dialog asks for " + fields.keySet() + " and the page fills in " + filledIn.keySet());
    }
    String url = HostPage.code(cell(filledIn, Field.URL).orElse("")).stream().filter(word -> word.startsWith(YOUR_ADDRESS)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("The page does not say where to deliver to: " + filledIn));
    return HostPage.bold(cell(filledIn, Field.EVENTS).orElse("")).stream()
        .flatMap(event -> offered(event).stream())
        .map(event -> new Sent(url.substring(YOUR_ADDRESS.length()), headers(filledIn, event), event.body()))
        .toList();
  }

  private List<Event> offered(String event) {
    return Optional.ofNullable(events.get(event))
        .orElseThrow(() -> new IllegalArgumentException("The dialog offers " + events.keySet() + " and not " + event));
  }

  private Map<String, String> headers(Map<String, String> filledIn, Event event) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(signing.headers(event.hint(), event.body().getBytes(StandardCharsets.UTF_8)));
    if (cell(filledIn, Field.SECRET).filter(cell -> cell.startsWith(NEW_SECRET)).isEmpty()) {
      headers.keySet().removeIf(name -> PROOF.matcher(name).matches());
    }
    headers.put("Content-Type", contentType(filledIn));
    return headers;
  }

  /** Where the dialog asks for one it is another one to begin with. */
  private String contentType(Map<String, String> filledIn) {
    return fields.containsValue(Field.CONTENT_TYPE)
        ? cell(filledIn, Field.CONTENT_TYPE).flatMap(cell -> HostPage.code(cell).stream().filter(word -> word.contains("/")).findFirst())
            .orElse("application/x-www-form-urlencoded")
        : "application/json";
  }

  private Optional<String> cell(Map<String, String> filledIn, Field field) {
    return filledIn.entrySet().stream().filter(entry -> fields.get(entry.getKey()) == field).map(Map.Entry::getValue).findFirst();
  }
}
