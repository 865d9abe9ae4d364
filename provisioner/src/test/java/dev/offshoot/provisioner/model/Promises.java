package dev.offshoot.provisioner.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.model.Pool.Held;
import dev.offshoot.provisioner.model.State.Log;
import dev.offshoot.provisioner.model.World.Place;

/** What must never be, and what must be once nothing is under way. */
final class Promises {
  private Promises() {
  }

  /** Which promise a step in a store breaks. */
  static Optional<String> brokenBy(Call.OfResource call, World before, World after, State state, boolean late) {
    boolean lost = before.resources().entrySet().stream()
        .anyMatch(entry -> entry.getValue().holdsWork() && !after.at(entry.getKey().kind(), entry.getKey().incarnation())
            .holdsWork());
    if (lost) {
      return Optional.of("work in " + call.kind() + " " + call.incarnation() + " is lost: it was deleted and not kept");
    }
    if (before.equals(after)) {
      return Optional.empty();
    }
    Optional<Intent> intent = state.log().get().facets().get().presence().map(Presence::intent);
    return switch (call) {
      case Call.Begin _, Call.Finish _ -> made(call, intent, late);
      case Call.Close _, Call.Verify _, Call.Delete _ -> intent.filter(known -> isDead(call.incarnation(), known)).isPresent()
          ? Optional.empty() : Optional.of(call + " without an intent to destroy it");
      case Call.Find _ -> Optional.empty();
    };
  }

  private static Optional<String> made(Call.OfResource call, Optional<Intent> intent, boolean late) {
    boolean meant = intent.filter(known -> late
        ? !known.incarnation().isOlderThan(call.incarnation())
        : (known instanceof Intent.Creating || known instanceof Intent.Resetting)
            && known.incarnation().equals(call.incarnation())).isPresent();
    return meant ? Optional.empty() : Optional.of(call + " without an intent to create it");
  }

  /** Whether what was committed lets nobody use an incarnation, nor make it ready for use. */
  private static boolean isDead(Incarnation incarnation, Intent intent) {
    boolean live = !(intent instanceof Intent.Destroying || intent instanceof Intent.Destroyed)
        && (incarnation.equals(intent.incarnation()) || incarnation.equals(intent.serving()));
    return !live && !intent.incarnation().isOlderThan(incarnation);
  }

  /** What must hold when nothing is under way. */
  static Optional<String> brokenAtRest(State state) {
    EnvironmentState facets = state.log().get().facets().get();
    World world = state.world().get();
    Optional<Commit> tip = Optional.of(state.outside().get().tip()).filter(n -> n > 0).map(Names::commit);
    Optional<Presence> presence = facets.presence();
    if (presence.flatMap(Presence::failure).isPresent()) {
      return presence.flatMap(Presence::failure).map(why -> "it failed for good: " + why);
    }
    Optional<Incarnation> stands = presence.map(Presence::intent).filter(Intent.Standing.class::isInstance)
        .map(Intent::incarnation);
    return Stream.of(
        wanted(tip, presence, state.log().get()),
        stands.flatMap(incarnation -> serves(incarnation, state)),
        left(stands, world),
        backups(facets.backups().map(Backups::receipts).orElse(List.of()), world))
        .flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> wanted(Optional<Commit> tip, Optional<Presence> presence, Log log) {
    Optional<Intent> intent = presence.map(Presence::intent);
    boolean stands = intent.filter(Intent.Standing.class::isInstance).isPresent();
    boolean ended = intent.isEmpty() || intent.get() instanceof Intent.Destroyed;
    if (!stands && !ended) {
      return Optional.of("an intent is left unfinished: " + intent.get());
    }
    if (tip.isEmpty()) {
      return stands ? Optional.of("an environment stands whose branch is gone") : Optional.empty();
    }
    if (stands) {
      return presence.get().tip().equals(tip) ? Optional.empty()
          : Optional.of("the environment is not at the branch's tip");
    }
    return swept(presence.flatMap(Presence::tip).equals(tip), log) ? Optional.empty()
        : Optional.of("the branch lives and has no environment");
  }

  /**
   * Whether something was asked for that ends an environment whose branch lives: at the tip it was destroyed at, or by a
   * person after the last push.
   */
  private static boolean swept(boolean atThatTip, Log log) {
    List<Request> requests = log.requests().stream().map(Held::get).toList();
    boolean asked = requests.stream().anyMatch(request -> request instanceof Request.ChangeMerged
        || request instanceof Request.DestroyRequested || request instanceof Request.Expired);
    boolean lastWord = requests.reversed().stream()
        .filter(request -> request instanceof Request.DestroyRequested || request instanceof Request.BranchPushed)
        .findFirst().filter(Request.DestroyRequested.class::isInstance).isPresent();
    return (asked && atThatTip) || lastWord;
  }

  private static Optional<String> serves(Incarnation incarnation, State state) {
    return state.outside().get().left().kinds().stream()
        .filter(kind -> !state.world().get().at(kind, incarnation).serves()).findFirst()
        .map(kind -> "the environment stands but its " + kind + " does not");
  }

  /** Who came late may leave something of a dead incarnation; the next destruction takes it away. */
  private static Optional<String> left(Optional<Incarnation> stands, World world) {
    return world.resources().entrySet().stream()
        .filter(entry -> stands.filter(entry.getKey().incarnation()::equals).isEmpty())
        .filter(entry -> entry.getValue().isLeft())
        .map(Map.Entry::getKey)
        .findFirst()
        .map(place -> place.kind() + " " + place.incarnation() + " is left and nobody names it");
  }

  private static Optional<String> backups(List<BackupReceipt> receipts, World world) {
    Optional<String> unproved = receipts.stream()
        .filter(receipt -> !world.at(receipt.kind(), receipt.incarnation()).verified()).findFirst()
        .map(receipt -> "there is a receipt but no backup of " + receipt.kind() + " " + receipt.incarnation());
    return unproved.or(() -> world.resources().entrySet().stream()
        .filter(entry -> entry.getValue().kept().isPresent())
        .map(Map.Entry::getKey)
        .filter(place -> receipts.stream().noneMatch(receipt -> isOf(receipt, place)))
        .findFirst()
        .map(place -> "there is a backup but no receipt of " + place.kind() + " " + place.incarnation()));
  }

  private static boolean isOf(BackupReceipt receipt, Place place) {
    return receipt.kind() == place.kind() && receipt.incarnation().equals(place.incarnation());
  }
}
