package dev.offshoot.reporter.clone;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.SchemaDifference;

/**
 * Waits for comparisons only so long. A parser cannot be made to stop, so one that was given up may go on for ever:
 * while there are {@value #MOST_STRAY} of those, nothing is compared.
 */
final class BoundedComparisons {
  private static final int MOST_STRAY = 2;

  private final Duration longest;
  private final AtomicInteger stray = new AtomicInteger();

  BoundedComparisons(Duration longest) {
    this.longest = longest;
  }

  /** @throws ExecutionException with what the comparison threw */
  Part<SchemaDifference> run(Callable<SchemaDifference> comparison)
      throws InterruptedException, ExecutionException {
    if (stray.get() >= MOST_STRAY) {
      return Part.missing("comparisons of other environments that took too long still run; restart the reporter");
    }
    CompletableFuture<SchemaDifference> result = new CompletableFuture<>();
    Thread runner = Thread.ofPlatform().daemon().name("schema comparison").start(() -> {
      try {
        result.complete(comparison.call());
      } catch (Throwable e) { // a stack overflow in the parser too
        result.completeExceptionally(e);
      }
    });
    try {
      return Part.present(result.get(longest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      giveUp(runner, result);
      return Part.missing("the comparison took longer than " + longest.toSeconds() + " seconds");
    } catch (InterruptedException e) {
      giveUp(runner, result);
      throw e;
    }
  }

  /** It counts until it ends, which may be at once. */
  private void giveUp(Thread runner, CompletableFuture<SchemaDifference> result) {
    stray.incrementAndGet();
    var _ = result.whenComplete((_, _) -> stray.decrementAndGet());
    runner.interrupt();
  }
}
