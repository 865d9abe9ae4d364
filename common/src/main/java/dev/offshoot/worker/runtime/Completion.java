package dev.offshoot.worker.runtime;

import java.util.concurrent.CompletableFuture;

import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** What a lane hands to the poll thread to be committed. */
sealed interface Completion {
  Delivery delivery();

  /** The delivery is dealt with. */
  record Finished(Delivery delivery, Outcome outcome, int attempts) implements Completion {}

  /** To be committed while the delivery goes on. */
  record Intermediate(Delivery delivery, Publication publication, CompletableFuture<Void> committed) implements Completion {}
}
