package dev.offshoot.provisioner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import dev.offshoot.management.LogContext;
import dev.offshoot.worker.Failure;

/** Runs things at the same time, each on a thread of its own. */
final class AllAtOnce {
  private AllAtOnce() {
  }

  /**
   * Returns when all have ended, so that nothing goes on behind the caller's back.
   *
   * @return the results in the order of the tasks
   * @throws Failure the first that cannot be healed by waiting, else the first
   * @throws InterruptedException when the caller was interrupted; all tasks were interrupted too
   */
  static <T> List<T> run(List<? extends Callable<T>> tasks) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        return results(threads.invokeAll(tasks.stream().<Callable<T>>map(LogContext::carried).toList()));
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  /** What two different things have brought. */
  record Both<A, B>(A one, B other) {}

  /** The same of two different things. */
  static <A, B> Both<A, B> both(Callable<A> one, Callable<B> other) throws InterruptedException {
    FutureTask<A> first = new FutureTask<>(one);
    FutureTask<B> second = new FutureTask<>(other);
    var _ = run(List.<Callable<Boolean>>of(() -> isDone(first), () -> isDone(second)));
    return new Both<>(first.resultNow(), second.resultNow());
  }

  /** Throws what it threw. */
  private static boolean isDone(FutureTask<?> task) throws Exception {
    task.run();
    return switch (task.state()) {
      case SUCCESS -> true;
      case FAILED -> throw task.exceptionNow() instanceof Exception e ? e : new IllegalStateException(task.exceptionNow());
      case RUNNING, CANCELLED -> throw new IllegalStateException("It was run to its end");
    };
  }

  private static <T> List<T> results(List<Future<T>> ended) throws InterruptedException {
    List<T> results = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Future<T> future : ended) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        failures.add(Optional.ofNullable(e.getCause()).orElse(e));
      }
    }
    if (failures.isEmpty()) {
      return results;
    }
    throw worst(failures);
  }

  private static RuntimeException worst(List<Throwable> failures) {
    Throwable chosen = failures.stream()
        .filter(failure -> !(failure instanceof Failure known) || !known.kind().isTransient())
        .findFirst()
        .orElse(failures.getFirst());
    failures.stream().filter(failure -> !failure.equals(chosen)).forEach(chosen::addSuppressed);
    return switch (chosen) {
      case RuntimeException e -> e;
      default -> new IllegalStateException("A store ended with an error", chosen);
    };
  }
}
