package dev.offshoot.cli.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.offshoot.event.EventId;
import dev.offshoot.event.Message;
import dev.offshoot.wire.DeadLetter;
import dev.offshoot.wire.Json;

/**
 * A dead letter as it is shown; its JSON is what {@code dead-letters show --json} prints.
 *
 * @param environment the record's key where it cannot be decoded
 * @param event empty where it cannot be decoded; then {@code problem} says why and {@code text} is the value's beginning
 */
public record DeadLetterView(
    String letter,
    Instant time,
    String worker,
    String environment,
    Optional<EventView> event,
    String reason,
    int attempts,
    String topic,
    int partition,
    long offset,
    List<DeadLetter.Header> headers,
    Optional<String> problem,
    Optional<String> text,
    Optional<Settled> settled) {
  public DeadLetterView {
    headers = List.copyOf(headers);
  }

  /** What was done about it. */
  public record Settled(String how, String actor, Instant time, Optional<String> request) {}

  public static DeadLetterView of(DeadLetter letter) {
    DeadLetter.Origin origin = letter.origin();
    Optional<EventView> event = Optional.empty();
    Optional<String> problem = Optional.empty();
    Optional<String> text = Optional.empty();
    switch (letter.content()) {
      case DeadLetter.Content.Decoded(Message message) -> event = Optional.of(EventView.of(message));
      case DeadLetter.Content.Undecodable junk -> {
        problem = Optional.of(junk.reason());
        text = Optional.of(junk.text());
      }
    }
    return new DeadLetterView(letter.id().toString(), origin.time(), origin.worker(), letter.environment(), event,
        origin.reason(), origin.attempts(), origin.topic(), origin.partition(), origin.offset(), letter.headers(),
        problem, text, letter.settled().map(DeadLetterView::settled));
  }

  private static Settled settled(DeadLetter.Settlement settlement) {
    return new Settled(settlement.how().name().toLowerCase(Locale.ROOT), settlement.actor(), settlement.time(),
        settlement.request().map(EventId::value));
  }

  /** Rows for people, one each. */
  public static String table(List<DeadLetterView> letters) {
    Table table = new Table("LETTER", "TIME", "WORKER", "ENVIRONMENT", "EVENT", "REASON");
    for (DeadLetterView letter : letters) {
      String done = letter.settled.map(s -> "[" + s.how() + "] ").orElse("");
      table.row(letter.letter, Times.seconds(letter.time), shown(letter.worker), shown(letter.environment),
          letter.event.map(EventView::event).orElse("(undecodable)"), done + cut(Harmless.line(letter.reason)));
    }
    return table.text();
  }

  private static String shown(String text) {
    return text.isEmpty() ? "-" : cut(Harmless.line(text));
  }

  private static String cut(String text) {
    int longest = 160;
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
  }

  /** Everything, for people, several lines. */
  public String details() {
    List<String> lines = new ArrayList<>();
    line(lines, "letter", letter + "  of " + Times.seconds(time));
    line(lines, "environment", shown(environment));
    line(lines, "given up by", shown(worker) + " after " + attempts + (attempts == 1 ? " attempt" : " attempts"));
    line(lines, "reason", Harmless.line(reason));
    line(lines, "came from", Harmless.line(topic) + ", partition " + partition + ", offset " + offset);
    settled.ifPresent(s -> line(lines, s.how(), "by " + Harmless.line(s.actor()) + " at " + Times.seconds(s.time())
        + s.request().map(r -> ", request " + r).orElse("")));
    event.ifPresent(e -> line(lines, "event", e.event() + "  " + e.id() + " by " + e.source()));
    headers.forEach(h -> line(lines, "header", Harmless.line(h.name()) + ": " + Harmless.line(h.value())));
    event.ifPresent(e -> lines.add(Harmless.block(indented(e))));
    problem.ifPresent(p -> line(lines, "undecodable", Harmless.line(p)));
    text.ifPresent(t -> line(lines, "value", t.isEmpty() ? "none" : Harmless.line(t)));
    return String.join("\n", lines);
  }

  private static String indented(EventView event) {
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(event.data());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON document can be written", e);
    }
  }

  private static void line(List<String> lines, String label, String value) {
    lines.add(String.format(Locale.ROOT, "%-13s %s", label, value));
  }
}
