package dev.offshoot.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;

/** The CDEvents type of every event. Where CDEvents has a word, it is used; ours are custom events of the tool {@code offshoot}. */
public enum EventType {
  BRANCH_PUSHED("dev.cdeventsx.offshoot-branch.pushed.0.1.0", Request.BranchPushed.class),
  BRANCH_DELETED("dev.cdeventsx.offshoot-branch.deleted.0.1.0", Request.BranchDeleted.class),
  CHANGE_MERGED("dev.cdeventsx.offshoot-change.merged.0.1.0", Request.ChangeMerged.class),
  CHANGE_UPDATED("dev.cdeventsx.offshoot-change.updated.0.1.0", Request.ChangeUpdated.class),
  CHANGE_CLOSED("dev.cdeventsx.offshoot-change.closed.0.1.0", Request.ChangeClosed.class),
  CREATE_REQUESTED("dev.cdeventsx.offshoot-environment.createRequested.0.1.0", Request.CreateRequested.class),
  DESTROY_REQUESTED("dev.cdeventsx.offshoot-environment.destroyRequested.0.1.0", Request.DestroyRequested.class),
  SNAPSHOT_REQUESTED("dev.cdeventsx.offshoot-snapshot.requested.0.1.0", Request.SnapshotRequested.class),
  DECLARED("dev.cdeventsx.offshoot-environment.declared.0.1.0", Request.Declared.class),
  EXPIRED("dev.cdeventsx.offshoot-environment.expired.0.1.0", Request.Expired.class),
  REBUILD_REQUESTED("dev.cdeventsx.offshoot-environment.rebuildRequested.0.1.0", Request.RebuildRequested.class),
  RUN_FINISHED("dev.cdeventsx.offshoot-run.finished.0.1.0", Request.RunFinished.class),
  ADOPT_REQUESTED("dev.cdeventsx.offshoot-environment.adoptRequested.0.1.0", Request.AdoptRequested.class),
  RESTORE_REQUESTED("dev.cdeventsx.offshoot-environment.restoreRequested.0.1.0", Request.RestoreRequested.class),
  BACKUPS_EXPIRED("dev.cdeventsx.offshoot-backups.expired.0.1.0", Request.BackupsExpired.class),
  RECONCILE_REQUESTED("dev.cdeventsx.offshoot-reconcile.requested.0.1.0", Request.ReconcileRequested.class),
  REHEARSE_REQUESTED("dev.cdeventsx.offshoot-environment.rehearseRequested.0.1.0", Request.RehearseRequested.class),
  REHEARSAL_FINISHED("dev.cdeventsx.offshoot-rehearsal.finished.0.1.0", Request.RehearsalFinished.class),
  REPORT_REWRITTEN("dev.cdeventsx.offshoot-report.rewritten.0.1.0", Request.ReportRewritten.class),
  REHEARSAL_REFUSED("dev.cdeventsx.offshoot-rehearsal.refused.0.1.0", Request.RehearsalRefused.class),
  REF_DIFFERS("dev.cdeventsx.offshoot-ref.differs.0.1.0", Request.RefDiffers.class),

  ENVIRONMENT_ACCEPTED("dev.cdeventsx.offshoot-environment.accepted.0.1.0", LifecycleEvent.EnvironmentAccepted.class),
  REBUILD_ACCEPTED("dev.cdeventsx.offshoot-rebuild.accepted.0.1.0", LifecycleEvent.RebuildAccepted.class),
  STORES_READY("dev.cdeventsx.offshoot-stores.ready.0.1.0", LifecycleEvent.StoresReady.class),
  COMMIT_ACCEPTED("dev.cdeventsx.offshoot-commit.accepted.0.1.0", LifecycleEvent.CommitAccepted.class),
  ENVIRONMENT_CREATED("dev.cdevents.environment.created.0.3.0", LifecycleEvent.EnvironmentCreated.class),
  ENVIRONMENT_MODIFIED("dev.cdevents.environment.modified.0.3.0", LifecycleEvent.EnvironmentModified.class),
  MIGRATION_FAILED("dev.cdeventsx.offshoot-migration.failed.0.1.0", LifecycleEvent.MigrationFailed.class),
  ENVIRONMENT_FAILED("dev.cdeventsx.offshoot-environment.failed.0.1.0", LifecycleEvent.EnvironmentFailed.class),
  ENVIRONMENT_DELETED("dev.cdevents.environment.deleted.0.3.0", LifecycleEvent.EnvironmentDeleted.class),
  REPORT_PUBLISHED("dev.cdeventsx.offshoot-report.published.0.1.0", LifecycleEvent.ReportPublished.class),
  ENVIRONMENT_REHEARSED("dev.cdeventsx.offshoot-environment.rehearsed.0.1.0", LifecycleEvent.EnvironmentRehearsed.class),
  REPORT_CHANGED("dev.cdeventsx.offshoot-report.changed.0.1.0", LifecycleEvent.ReportChanged.class),
  ENVIRONMENT_NOT_REHEARSED("dev.cdeventsx.offshoot-environment.notRehearsed.0.1.0", LifecycleEvent.EnvironmentNotRehearsed.class),
  HISTORY_REPLAYED("dev.cdeventsx.offshoot-history.replayed.0.1.0", LifecycleEvent.HistoryReplayed.class),
  SNAPSHOT_PUBLISHED("dev.cdeventsx.offshoot-snapshot.published.0.1.0", LifecycleEvent.SnapshotPublished.class),
  CHANGE_LINKED("dev.cdeventsx.offshoot-change.linked.0.1.0", LifecycleEvent.ChangeLinked.class),
  REF_RECONCILED("dev.cdeventsx.offshoot-ref.reconciled.0.1.0", LifecycleEvent.RefReconciled.class),
  RECONCILE_HELD("dev.cdeventsx.offshoot-reconcile.held.0.1.0", LifecycleEvent.ReconcileHeld.class);

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(EventType::typeName, Function.identity()));
  private static final Map<Class<? extends Event>, EventType> BY_EVENT =
      Arrays.stream(values()).collect(Collectors.toMap(EventType::event, Function.identity()));

  private final String typeName;
  private final Class<? extends Event> event;

  EventType(String typeName, Class<? extends Event> event) {
    this.typeName = typeName;
    this.event = event;
  }

  /** The CloudEvents and CDEvents {@code type}. */
  public String typeName() {
    return typeName;
  }

  /** As it is called here and in {@code --json} output, such as {@code EnvironmentCreated}. */
  public String shortName() {
    return event.getSimpleName();
  }

  Class<? extends Event> event() {
    return event;
  }

  static Optional<EventType> named(String typeName) {
    return Optional.ofNullable(BY_NAME.get(typeName));
  }

  /** The type of an event. */
  public static EventType of(Event event) {
    EventType type = BY_EVENT.get(event.getClass());
    if (type == null) {
      throw new IllegalStateException(event.getClass() + " has no line in EventType");
    }
    return type;
  }
}
