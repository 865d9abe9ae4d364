package dev.offshoot.provisioner.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.model.Pool.Held;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * How far a handler has come. The provisioner's code is a pure function of the request, the time, and the answers it
 * got so far: it is run anew from its beginning to learn what it asks next, once for each such history.
 */
final class Course {
  private final Map<Progress, Course> all;
  private final Progress progress;
  private final Next next;
  private final Map<Told, Course> later = new HashMap<>();

  private Course(Map<Progress, Course> all, Progress progress) {
    this.all = all;
    this.progress = progress;
    this.next = Script.play(progress);
  }

  /**
   * What a handler has been told.
   *
   * @param tables what its table said, and from which answer on
   */
  record Progress(Start start, Map<Call, List<Answer>> answers, List<Table> tables) {
    int answered() {
      return answers.values().stream().mapToInt(List::size).sum();
    }
  }

  /** @param kinds the stores that there are */
  record Start(Request request, Instant now, List<StoreKind> kinds) {}

  record Table(int from, Held<EnvironmentState> state) {}

  /** What a handler is told next. */
  private sealed interface Told {
    record Answered(Call call, Answer answer) implements Told {}

    record Read(Held<EnvironmentState> table) implements Told {}
  }

  /** What comes of it. */
  sealed interface Next {
    /** It waits for the answers to these. */
    record Waits(List<Call> calls) implements Next {}

    record Ended(Outcome outcome) implements Next {}

    /** @param told what is published of it when trying again would not help */
    record Threw(Failure failure, Publication told) implements Next {}
  }

  static Course begin(Map<Progress, Course> all, Start start, Held<EnvironmentState> table) {
    return of(all, new Progress(start, Map.of(), List.of(new Table(0, table))));
  }

  private static Course of(Map<Progress, Course> all, Progress progress) {
    Course known = all.get(progress);
    if (known == null) {
      known = new Course(all, progress);
      all.put(progress, known);
    }
    return known;
  }

  Next next() {
    return next;
  }

  Request request() {
    return progress.start().request();
  }

  Start start() {
    return progress.start();
  }

  /** What its table says now. */
  Held<EnvironmentState> table() {
    return progress.tables().getLast().state();
  }

  Course answered(Call call, Answer answer) {
    return later.computeIfAbsent(new Told.Answered(call, answer), _ -> of(all, with(call, answer)));
  }

  /** Its table says something else from now on. */
  Course reads(Held<EnvironmentState> table) {
    return table.equals(table()) ? this : later.computeIfAbsent(new Told.Read(table), _ -> of(all, with(table)));
  }

  private Progress with(Call call, Answer answer) {
    Map<Call, List<Answer>> answers = new HashMap<>(progress.answers());
    answers.merge(call, List.of(answer), (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
    return new Progress(progress.start(), Map.copyOf(answers), progress.tables());
  }

  private Progress with(Held<EnvironmentState> table) {
    int from = progress.answered();
    Stream<Table> before = progress.tables().stream().filter(known -> known.from() < from);
    return new Progress(progress.start(), progress.answers(),
        Stream.concat(before, Stream.of(new Table(from, table))).toList());
  }
}
