package dev.offshoot.ingest;

import java.time.Duration;
import java.util.Optional;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.ingest.delivery.PrintableText;

/**
 * One log line for each delivery, and its count and time by git host and outcome. Never a body or a secret in
 * the log; never a label that a stranger can choose.
 */
final class DeliveryJournal {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryJournal.class);
  private static final int SHOWN = 80;

  /**
   * Notes an answered delivery.
   *
   * @param host the git host's name, or "none" of an unknown hook
   * @param hook the last part of the path, as it came
   * @param delivery the delivery's id, as it came
   */
  void note(String host, String hook, Optional<String> delivery, Answer answer, Duration took) {
    Timer.builder("offshoot.deliveries")
        .description("Deliveries of git hosts, from the request's head to the answer")
        .tags("host", host, "outcome", answer.verdict().label())
        .register(Metrics.globalRegistry)
        .record(took);
    LOG.info("delivery hook={} id={} outcome={}{} ms={}", PrintableText.of(hook, SHOWN),
        delivery.map(id -> PrintableText.of(id, SHOWN)).orElse("-"), answer.verdict().label(),
        said(answer), took.toMillis());
  }

  private static String said(Answer answer) {
    return switch (answer.published().size()) {
      case 0 -> "";
      case 1 -> " event=" + answer.published().getFirst().id() + " environment=" + answer.published().getFirst().environment();
      default -> " requests=" + answer.published().size();
    };
  }
}
