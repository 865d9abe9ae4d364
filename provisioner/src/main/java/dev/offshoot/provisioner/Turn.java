package dev.offshoot.provisioner;

import java.util.Optional;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.provisioner.store.Original;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;

/** One request being dealt with. */
record Turn(Message message, Context context, Origin origin, RepositoryConfig repository) {

  EnvironmentState state() {
    return context.environment();
  }

  /** Of an environment that an intent was taken for. */
  Presence presence() {
    return state().presence()
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "Nothing was decided about " + origin.environment()
            + " yet"));
  }

  /** The commit that a person's command names; it stands as given. */
  Optional<Commit> named() {
    return message.event() instanceof Request.CreateRequested create ? create.commit() : Optional.empty();
  }

  /** With what the delivery of a push tells of. */
  Presence heard(Presence presence) {
    return message.event() instanceof Request.BranchPushed push ? presence.toldOf(push.commit()) : presence;
  }

  /** What the environment's snapshots are taken of; empty where the configuration has no Production any more. */
  Optional<Original> original() {
    return switch (origin.kind()) {
      case FULL, STATIC, REPOSITORY -> Optional.of(Original.staging(repository));
      case PRODUCTION, REHEARSAL -> Original.production(repository);
    };
  }

  Owner owner(Incarnation incarnation) {
    return new Owner(repository.key(), origin.environment(), incarnation);
  }

  Subject subject(Incarnation incarnation, Optional<Commit> commit) {
    return new Subject(origin, incarnation, commit);
  }
}
