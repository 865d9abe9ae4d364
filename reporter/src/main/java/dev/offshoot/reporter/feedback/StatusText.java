package dev.offshoot.reporter.feedback;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.Report;
import dev.offshoot.reporter.feedback.host.CommitStatus;
import dev.offshoot.reporter.feedback.host.CommitStatus.State;

/** The status of a commit: one line of plain text. */
final class StatusText {
  /** What may not be seen, or seen as something else; GitHub refuses what lies beyond the basic plane. */
  private static final Pattern ACTING = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]|[^\\u0000-\\uFFFF]");

  private StatusText() {}

  static Optional<Telling.Told> of(Shown shown, ReportLinks links) {
    Optional<State> state = state(shown);
    if (state.isEmpty() || shown.tip().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> link = shown.report().flatMap(report -> links.to(shown.state().id(), report));
    return Optional.of(new Telling.Told(shown.tip().get(), new CommitStatus(state.get(), line(words(shown)), link)));
  }

  /** A branch that waits for this status to be merged must not be merged before the report is there, nor if it says so. */
  private static Optional<State> state(Shown shown) {
    return switch (shown.phase()) {
      case REQUESTED, PROVISIONING, MIGRATING -> Optional.of(State.PENDING);
      case READY -> Optional.of(shown.report().isEmpty() ? State.PENDING : judged(shown.judgement()));
      case FAILED -> Optional.of(State.FAILURE);
      case EXPIRING, DESTROYED -> Optional.empty();
    };
  }

  private static State judged(Judgement judgement) {
    return switch (judgement) {
      case PASS, NEEDS_DBA -> State.SUCCESS;
      case BLOCKED -> State.FAILURE;
    };
  }

  private static String words(Shown shown) {
    return switch (shown.phase()) {
      case REQUESTED, PROVISIONING -> "The environment is being made";
      case MIGRATING -> "The migrations are being applied";
      case READY -> shown.report().map(report -> verdict(shown, report)).orElse("Ready; the report is being written");
      case FAILED -> "Failed: " + shown.state().failure().orElse("the environment could not be made");
      case EXPIRING -> "Being removed";
      case DESTROYED -> "Destroyed";
    };
  }

  /** The gravest reason, where there is one. */
  private static String verdict(Shown shown, Report report) {
    String summary = report.verdict().orElse("Ready");
    String first = shown.reasons().stream().findFirst()
        .map(reason -> reason.text() + reason.where().map(where -> " (" + where + ")").orElse("")).orElse(summary);
    return switch (shown.judgement()) {
      case PASS -> summary;
      case NEEDS_DBA -> "Needs a DBA: " + first;
      case BLOCKED -> "Blocked: " + first;
    };
  }

  static String line(String text) {
    String plain = ACTING.matcher(text).replaceAll("\uFFFD").replaceAll("\\s+", " ").strip();
    return plain.length() <= CommitStatus.LONGEST ? plain : plain.substring(0, CommitStatus.LONGEST - 1) + "…";
  }
}
