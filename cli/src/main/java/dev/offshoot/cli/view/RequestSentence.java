package dev.offshoot.cli.view;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.offshoot.environment.Commit;
import dev.offshoot.event.Repair;
import dev.offshoot.event.Request;

/** What was asked, as a sentence without its subject. */
final class RequestSentence {
  private RequestSentence() {}

  static String of(Request request) {
    return switch (request) {
      case Request.BranchPushed r -> "asked: pushed at " + r.commit().brief() + by(r.actor());
      case Request.BranchDeleted r -> "asked: branch deleted" + by(r.actor());
      case Request.ChangeMerged r -> "asked: change " + r.number() + " merged at " + r.head().brief() + " into "
          + r.target().branch() + by(r.actor());
      case Request.ChangeUpdated r -> "asked: change " + r.number() + " at " + r.head().brief() + labels(r.labels()) + by(r.actor());
      case Request.ChangeClosed r -> "asked: change " + r.number() + " closed" + by(r.actor());
      case Request.CreateRequested r -> "asked: create" + at(r.commit()) + by(r.actor());
      case Request.DestroyRequested r -> "asked: destroy, " + r.reason() + by(r.actor());
      case Request.SnapshotRequested r -> "asked: take a snapshot" + by(r.actor());
      case Request.Declared _ -> "asked: declared in the configuration";
      case Request.Expired r -> "asked: incarnation " + r.incarnation() + " was idle up to " + Times.seconds(r.due());
      case Request.RebuildRequested r -> "asked: rebuild incarnation " + r.incarnation() + at(r.commit()) + " from the "
          + r.epoch().name().toLowerCase(Locale.ROOT) + " snapshot, " + r.reason() + by(r.actor());
      case Request.RunFinished r -> "asked: the run of incarnation " + r.incarnation() + " at " + r.commit().brief()
          + (r.usable() ? " has ended: usable" : " has ended: not usable");
      case Request.RehearseRequested r -> "asked: rehearse " + r.commit().brief() + " on Production's snapshot" + by(r.actor());
      case Request.ReportRewritten r -> "told: the report of " + r.commit().brief() + " was written again: " + r.reason();
      case Request.RehearsalRefused r -> "asked: the rehearsal of " + r.commit().brief() + " cannot be made: " + r.reason();
      case Request.RehearsalFinished r -> "asked: the rehearsal of " + r.commit().brief() + " on " + r.rehearsed().epoch() + " ended "
          + (r.rehearsed().failure().isPresent() ? "in a failure" : "well");
      case Request.AdoptRequested r -> "asked: adopt incarnation " + r.incarnation() + " of snapshot " + r.epoch()
          + by(r.actor());
      case Request.RestoreRequested r -> "asked: restore incarnation " + r.incarnation() + " from its backups" + by(r.actor());
      case Request.BackupsExpired r -> "asked: drop backups that were due by " + Times.seconds(r.due());
      case Request.ReconcileRequested r -> "asked: compare all branches with their environments"
          + r.confirmed().map(_ -> ", whatever it destroys").orElse("") + by(r.actor());
      case Request.RefDiffers r -> "asked: " + words(r.repair()) + at(r.found()) + ", no delivery told of it";
    };
  }

  private static String labels(Set<String> labels) {
    return labels.isEmpty() ? "" : " with " + labels.stream().sorted().collect(Collectors.joining(", "));
  }

  /** {@code missed push} of {@code MISSED_PUSH}. */
  static String words(Repair repair) {
    return repair.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String at(Optional<Commit> commit) {
    return commit.map(c -> " at " + c.brief()).orElse("");
  }

  private static String by(String actor) {
    return ", by " + actor;
  }
}
