package dev.offshoot.provisioner;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.Decision.GoOnCreating;
import dev.offshoot.provisioner.Decision.GoOnDestroying;
import dev.offshoot.provisioner.Decision.Ignore;
import dev.offshoot.provisioner.Decision.Restore;

/**
 * What to do about a restore that is asked for. Pure.
 *
 * <p>Laws: only what is destroyed is restored, so nothing that stands is ever lost by it; and only from backups that are kept of every
 * store that the incarnation had.
 */
final class RestoreDecisions {
  private RestoreDecisions() {
  }

  static Decision asked(Request.RestoreRequested ask, EnvironmentState state) {
    if (state.presence().isEmpty()) {
      return new Ignore("there is no such environment");
    }
    return switch (state.presence().get().intent()) {
      case Intent.Destroying destroying -> new GoOnDestroying(destroying);
      case Intent.Declared _ -> new Ignore("a static environment is not made");
      case Intent.Creating creating when creating.restoredFrom().filter(ask.incarnation()::equals).isPresent() ->
          new GoOnCreating(creating);
      case Intent.Creating _, Intent.Standing _, Intent.Resetting _ ->
          new Ignore("the environment is there, in incarnation " + state.presence().get().intent().incarnation()
              + "; destroy it first (it is backed up), then ask again");
      case Intent.Destroyed _ -> from(ask.incarnation(), state);
    };
  }

  private static Decision from(Incarnation wanted, EnvironmentState state) {
    List<BackupReceipt> kept = state.backups().map(backups -> backups.keptOf(wanted)).orElse(List.of());
    List<StoreKind> missing = needed(wanted, state).stream()
        .filter(kind -> kept.stream().noneMatch(receipt -> receipt.kind() == kind)).toList();
    if (!missing.isEmpty()) {
      return new Ignore("of incarnation " + wanted + " no backup of " + missing + " is kept; " + whatThereIs(state));
    }
    Optional<EpochId> epoch = kept.stream().flatMap(receipt -> receipt.epoch().stream()).findFirst()
        .or(() -> state.stores().filter(stores -> stores.incarnation().equals(wanted)).map(stores -> stores.epoch()));
    return epoch.<Decision>map(of -> new Restore(wanted, of))
        .orElseGet(() -> new Ignore("the backups of incarnation " + wanted + " do not say which snapshot it was made from"));
  }

  /** Every environment has a database; of the other stores it is known for the last incarnation. */
  private static List<StoreKind> needed(Incarnation wanted, EnvironmentState state) {
    return state.stores().filter(stores -> stores.incarnation().equals(wanted))
        .map(stores -> stores.coordinates().stream().map(StoreCoordinates::kind).toList())
        .filter(kinds -> kinds.contains(StoreKind.POSTGRES))
        .orElse(List.of(StoreKind.POSTGRES));
  }

  private static String whatThereIs(EnvironmentState state) {
    List<Incarnation> there = state.backups().stream().flatMap(Backups::kept).map(BackupReceipt::incarnation).distinct()
        .sorted().toList();
    return there.isEmpty() ? "there are no backups of the environment" : "there are backups of " + there;
  }
}
