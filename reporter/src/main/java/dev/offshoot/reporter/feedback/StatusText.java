package dev.offshoot.reporter.feedback;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.offshoot.environment.Phase;
import dev.offshoot.reporter.feedback.host.CommitStatus;
import dev.offshoot.reporter.feedback.host.CommitStatus.State;

/** The status of a commit: one line of plain text. */
final class StatusText {
  /** What may not be seen, or seen as something else; GitHub refuses what lies beyond the basic plane. */
  private static final Pattern ACTING = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]|[^\\u0000-\\uFFFF]");

  private StatusText() {}

  static Optional<Telling.Told> of(Shown shown, ReportLinks links) {
    Optional<State> state = state(shown.phase());
    if (state.isEmpty() || shown.tip().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> link = shown.report().flatMap(report -> links.to(shown.state().id(), report));
    return Optional.of(new Telling.Told(shown.tip().get(), new CommitStatus(state.get(), line(words(shown)), link)));
  }

  private static Optional<State> state(Phase phase) {
    return switch (phase) {
      case REQUESTED, PROVISIONING, MIGRATING -> Optional.of(State.PENDING);
      case READY -> Optional.of(State.SUCCESS);
      case FAILED -> Optional.of(State.FAILURE);
      case EXPIRING, DESTROYED -> Optional.empty();
    };
  }

  private static String words(Shown shown) {
    return switch (shown.phase()) {
      case REQUESTED, PROVISIONING -> "The environment is being made";
      case MIGRATING -> "The migrations are being applied";
      case READY -> shown.verdict().orElse("Ready");
      case FAILED -> "Failed: " + shown.state().failure().orElse("the environment could not be made");
      case EXPIRING -> "Being removed";
      case DESTROYED -> "Destroyed";
    };
  }

  static String line(String text) {
    String plain = ACTING.matcher(text).replaceAll("\uFFFD").replaceAll("\\s+", " ").strip();
    return plain.length() <= CommitStatus.LONGEST ? plain : plain.substring(0, CommitStatus.LONGEST - 1) + "…";
  }
}
