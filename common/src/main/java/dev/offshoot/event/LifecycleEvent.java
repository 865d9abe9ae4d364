package dev.offshoot.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.StoreCoordinates;

/**
 * What has happened, on {@code offshoot.environments}: the public contract for anyone to consume. Never carries a credential.
 */
public sealed interface LifecycleEvent extends Event {
  /** The environment, incarnation and commit it is about. */
  Subject subject();

  /** Provisioner: the environment will be made from this epoch. */
  record EnvironmentAccepted(Subject subject, EpochId epoch) implements LifecycleEvent {}

  /**
   * Provisioner: all stores of the incarnation answer.
   *
   * @param took how long making them took
   * @param drills of the stores that compare their copies; empty in what was said before there were any
   * @param restoredFrom the incarnation whose backups they were made from, and what was in it is in them
   */
  record StoresReady(Subject subject, EpochId epoch, List<StoreCoordinates> stores, Duration took, Optional<List<RestoreDrill>> drills,
      Optional<Incarnation> restoredFrom) implements LifecycleEvent {
    public StoresReady {
      stores = List.copyOf(stores);
      drills = drills.map(List::copyOf);
    }

    /** Without a word on how the copies were checked. */
    public StoresReady(Subject subject, EpochId epoch, List<StoreCoordinates> stores, Duration took) {
      this(subject, epoch, stores, took, Optional.empty(), Optional.empty());
    }

    public StoresReady restored(Optional<Incarnation> from) {
      return new StoresReady(subject, epoch, stores, took, drills, from);
    }

    @Override
    public boolean isUpdate() {
      return true;
    }
  }

  /**
   * Provisioner: a further commit of a standing environment.
   *
   * @param forced whether history was rewritten: the commit before is no ancestor of this one; empty where that was not found out
   */
  record CommitAccepted(Subject subject, Optional<Boolean> forced) implements LifecycleEvent {
    /** Without a word on its ancestry. */
    public CommitAccepted(Subject subject) {
      this(subject, Optional.empty());
    }

    @Override
    public boolean isUpdate() {
      return true;
    }
  }

  /**
   * Provisioner: the environment will be made anew from this epoch; what is only in the incarnation that serves is not carried over.
   *
   * @param serving the incarnation that people use until then
   * @param gone the epoch that was wanted, where another had to be taken
   */
  record RebuildAccepted(Subject subject, Incarnation serving, EpochId epoch, Optional<EpochId> gone, String reason)
      implements LifecycleEvent {}

  /**
   * Migrator: this incarnation of the environment is usable for the first time (CDEvents environment.created).
   *
   * @param evidence the key of what was measured, in the blob store; empty when nothing was
   */
  record EnvironmentCreated(Subject subject, String version, List<AppliedMigration> applied, Optional<String> evidence)
      implements LifecycleEvent {
    public EnvironmentCreated {
      applied = List.copyOf(applied);
    }

    /** Without evidence. */
    public EnvironmentCreated(Subject subject, String version, List<AppliedMigration> applied) {
      this(subject, version, applied, Optional.empty());
    }
  }

  /**
   * Migrator: a standing environment is at a further commit. Provisioner: the incarnation serves from now on, in place of another
   * (CDEvents environment.modified).
   *
   * @param replacement only of the provisioner's
   * @param evidence only of the migrator's: the key of what was measured, in the blob store; empty when nothing was
   */
  record EnvironmentModified(Subject subject, String version, List<AppliedMigration> applied, Optional<Replacement> replacement,
      Optional<String> evidence) implements LifecycleEvent {
    public EnvironmentModified {
      applied = List.copyOf(applied);
    }

    /** Without evidence. */
    public EnvironmentModified(
        Subject subject, String version, List<AppliedMigration> applied, Optional<Replacement> replacement) {
      this(subject, version, applied, replacement, Optional.empty());
    }

    /** A further commit, without evidence. */
    public EnvironmentModified(Subject subject, String version, List<AppliedMigration> applied) {
      this(subject, version, applied, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Migrator: the commit's migrations could not be applied; the next push may heal it.
   *
   * @param evidence the key of what was measured, in the blob store; empty when nothing was
   */
  record MigrationFailed(Subject subject, MigrationFailure failure, List<AppliedMigration> applied, Optional<String> evidence)
      implements LifecycleEvent {
    public MigrationFailed {
      applied = List.copyOf(applied);
    }

    /** Without evidence. */
    public MigrationFailed(Subject subject, MigrationFailure failure, List<AppliedMigration> applied) {
      this(subject, failure, applied, Optional.empty());
    }
  }

  /** Provisioner: the stores could not be made or removed, and trying again would not help. */
  record EnvironmentFailed(Subject subject, String reason) implements LifecycleEvent {}

  /**
   * Provisioner: nothing is left (CDEvents environment.deleted).
   *
   * @param backups what was kept first; empty where its stores never all stood
   */
  record EnvironmentDeleted(Subject subject, String reason, List<BackupReceipt> backups) implements LifecycleEvent {
    public EnvironmentDeleted {
      backups = List.copyOf(backups);
    }
  }

  /**
   * Reporter: a delta report stands in the blob store.
   *
   * @param blob its key without the ending ({@code .md}, {@code .json})
   * @param verdict one line for people
   */
  record ReportPublished(Subject subject, String blob, String verdict) implements LifecycleEvent {}

  /** Provisioner: the migrations of the environment's commit were tried on one of Production's epochs. */
  record EnvironmentRehearsed(Subject subject, Rehearsed rehearsed) implements LifecycleEvent {}

  /**
   * Provisioner: the environment's report was written again on account of another branch; what it says now comes with the next
   * {@link ReportPublished}.
   *
   * @param reason for people
   */
  record ReportChanged(Subject subject, String reason) implements LifecycleEvent {}

  /**
   * Provisioner: the migrations of the environment's commit were not tried on one of Production's epochs, since no epoch or no clone of one
   * could be had. It may still come to it where what kept it passes by itself.
   *
   * @param reason for people
   */
  record EnvironmentNotRehearsed(Subject subject, String reason) implements LifecycleEvent {}

  /**
   * Migrator, of Staging or Production: what the schema history of an epoch says was applied has been run again on an empty database, or could not be.
   */
  record HistoryReplayed(Subject subject, Replayed replayed) implements LifecycleEvent {}

  /** Provisioner: an epoch of a static environment can be cloned. */
  record SnapshotPublished(Subject subject, Epoch epoch, Duration took) implements LifecycleEvent {}

  /**
   * Provisioner: a standing environment has an open change now. Said anew whenever the change is updated.
   *
   * @param number the change's number at the git host
   */
  record ChangeLinked(Subject subject, long number) implements LifecycleEvent {}

  /** Provisioner: a delivery of the git host was lost, and what it would have led to has been done. */
  record RefReconciled(Subject subject, Repair repair) implements LifecycleEvent {}

  /**
   * Provisioner, of a repository: what the git host lists would destroy or make so much at once that a person must confirm it; of that
   * nothing was asked.
   *
   * @param reason for people
   * @param branches how many the host listed
   * @param missing how many branches that were there when last seen it did not list
   * @param untold how many it listed that nobody was told of, and that would get an environment
   * @param finding names what was found; a confirmation repeats it
   */
  record ReconcileHeld(Subject subject, String reason, int branches, int missing, int untold, String finding)
      implements LifecycleEvent {}
}
