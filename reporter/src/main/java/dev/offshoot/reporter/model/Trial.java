package dev.offshoot.reporter.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.Span;
import dev.offshoot.evidence.StatementEvidence;

/**
 * What the migrations did to the clone, statement by statement. Never a promise about Production.
 *
 * @param runs of this push and of earlier ones to the same incarnation, the oldest first
 * @param more statements that were left out
 */
public record Trial(List<Evidence> runs, int more) {
  private static final int MOST_STATEMENTS = 1_000;
  private static final int MOST_RUNS = 50;

  public Trial {
    runs = List.copyOf(runs);
  }

  /** The newest runs, and of each the first statements, as far as there is room. */
  public static Trial of(List<Evidence> all) {
    List<Evidence> kept = new ArrayList<>();
    int room = MOST_STATEMENTS;
    int more = 0;
    for (Evidence run : all.reversed()) {
      int taken = kept.size() < MOST_RUNS ? Math.min(room, run.statements().size()) : 0;
      room -= taken;
      more += run.statements().size() - taken;
      if (kept.size() < MOST_RUNS) {
        kept.addFirst(new Evidence(
            run.run(), run.plan(), run.scripts(), run.statements().subList(0, taken), run.measuring()));
      }
    }
    return new Trial(kept, more);
  }

  public Stream<StatementEvidence> statements() {
    return runs.stream().flatMap(run -> run.statements().stream());
  }

  /** Those that were granted. */
  public Stream<Lock> locks() {
    return statements().flatMap(statement -> statement.locking().locks().stream()).filter(Lock::granted);
  }

  /** The relations that the runs made themselves: nobody else can be kept waiting by a lock on them. */
  public Set<String> made() {
    return statements().flatMap(statement -> statement.effects().sizes().stream())
        .filter(size -> size.before().isEmpty() && size.after().isPresent())
        .map(size -> size.relation().name()).collect(Collectors.toUnmodifiableSet());
  }

  /** Of all runs, from the first statement to the end of the last and of its locks: what Flyway needs to begin is not the migrations'. */
  public Duration took() {
    return runs.stream().map(Trial::active).map(Span::took).reduce(Duration.ZERO, Duration::plus);
  }

  /** When statements ran or locks were held, since the run's begin. */
  public static Span active(Evidence run) {
    List<Span> spans = run.statements().stream().flatMap(statement -> Stream.concat(
        Stream.of(statement.execution().span()), statement.locking().locks().stream().map(Lock::span))).toList();
    Duration from = spans.stream().map(Span::from).min(Comparator.naturalOrder()).orElse(Duration.ZERO);
    Duration until = spans.stream().map(Span::until).max(Comparator.naturalOrder()).orElse(from);
    return new Span(from, until.minus(from));
  }
}
