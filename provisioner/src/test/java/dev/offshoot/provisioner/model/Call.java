package dev.offshoot.provisioner.model;

import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Publication;

/** What the provisioner asks of anything outside of it: one atomic step, between which everything else may happen. */
sealed interface Call {

  /** Where the ref is. */
  record ReadTip() implements Call {
    @Override
    public String toString() {
      return "reads the ref";
    }
  }

  /** Publishes while the request stays open. */
  record Commit(Publication publication) implements Call {
    @Override
    public String toString() {
      return "commits " + Words.of(publication);
    }
  }

  /** One of the steps that a store's verbs are made of. */
  sealed interface OfStore extends Call {
    StoreKind kind();
  }

  record ListAll(StoreKind kind) implements OfStore {
    @Override
    public String toString() {
      return "lists " + kind;
    }
  }

  /** A step that concerns one incarnation's resource. */
  sealed interface OfResource extends OfStore {
    Incarnation incarnation();
  }

  record Find(StoreKind kind, Incarnation incarnation) implements OfResource {
    @Override
    public String toString() {
      return "looks for " + kind + " " + incarnation;
    }
  }

  /** Looks at what stands, and begins to make what does not. */
  record Begin(StoreKind kind, Incarnation incarnation, OwnerTag tag) implements OfResource {
    @Override
    public String toString() {
      return "begins " + kind + " " + incarnation;
    }
  }

  /** Makes what was begun stand under its name, tagged. */
  record Finish(StoreKind kind, Incarnation incarnation, OwnerTag tag) implements OfResource {
    @Override
    public String toString() {
      return "finishes " + kind + " " + incarnation;
    }
  }

  /** Closes a resource to its users, and keeps it. */
  record Close(StoreKind kind, Incarnation incarnation) implements OfResource {
    @Override
    public String toString() {
      return "closes " + kind + " " + incarnation;
    }
  }

  /** Proves what was kept. */
  record Verify(StoreKind kind, Incarnation incarnation) implements OfResource {
    @Override
    public String toString() {
      return "verifies the backup of " + kind + " " + incarnation;
    }
  }

  /** @param kept whether there is a receipt, so that what stands must not go with it */
  record Delete(StoreKind kind, Incarnation incarnation, boolean kept) implements OfResource {
    @Override
    public String toString() {
      return "deletes " + kind + " " + incarnation + (kept ? " with its receipt" : " as never usable");
    }
  }
}
