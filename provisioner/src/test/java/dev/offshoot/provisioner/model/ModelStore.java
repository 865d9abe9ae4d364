package dev.offshoot.provisioner.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

/** A store whose verbs are sequences of atomic steps in the {@link World}, as those of the real ones are. */
record ModelStore(StoreKind kind, Function<Call, Answer> ask) implements Store {

  @Override
  public Optional<Standing> find(Owner owner) {
    return answer(new Call.Find(kind, owner.incarnation())) instanceof Answer.Stands(var tag)
        ? tag.map(found -> new Standing(found, 0)) : Optional.empty();
  }

  @Override
  public StoreCoordinates ensure(Blueprint blueprint) {
    Incarnation incarnation = blueprint.tag().owner().incarnation();
    if (answer(new Call.Begin(kind, incarnation, blueprint.tag())) instanceof Answer.Begun) {
      answer(new Call.Finish(kind, incarnation, blueprint.tag()));
    }
    return new StoreCoordinates(kind, "here", 1, blueprint.name().value(), "");
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    if (answer(new Call.Close(kind, owner.incarnation())) instanceof Answer.Nothing) {
      return Optional.empty();
    }
    answer(new Call.Verify(kind, owner.incarnation()));
    return Optional.of(receipt(kind, owner.incarnation()));
  }

  /** The same however often it is asked for. */
  static BackupReceipt receipt(StoreKind kind, Incarnation incarnation) {
    return new BackupReceipt(kind, incarnation, "kept", 1, "fingerprint", "modelled", Names.BEGINNING,
        Optional.of(Keeping.retained(EpochId.at(Names.BEGINNING))));
  }

  @Override
  public void delete(Owner owner, Removal removal) {
    answer(new Call.Delete(kind, owner.incarnation(), removal instanceof Removal.Kept));
  }

  /** Of what is between a look and the removal the removal's own look is the one that counts. */
  @Override
  public void check(Owner owner, Removal removal) {}

  @Override
  public List<Found> list(RepositoryKey repository, EnvironmentId environment) {
    return answer(new Call.ListAll(kind)) instanceof Answer.Listed(var found) ? found : List.of();
  }

  private Answer answer(Call.OfStore call) {
    Answer answer = ask.apply(call);
    return switch (answer) {
      case Answer.Busy _ -> throw new Failure(Failure.Kind.BUSY, "somebody else " + call);
      case Answer.Down _ -> throw new Failure(Failure.Kind.UNAVAILABLE, kind + " is down");
      case Answer.Refused(String why) -> throw new Failure(Failure.Kind.INVALID, kind + " refuses: " + why);
      case Answer.Tip _, Answer.Committed _, Answer.Listed _, Answer.Stands _, Answer.Done _, Answer.Begun _,
          Answer.Nothing _ -> answer;
    };
  }
}
