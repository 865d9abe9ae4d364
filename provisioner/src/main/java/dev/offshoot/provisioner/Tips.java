package dev.offshoot.provisioner;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.git.GitRepository;
import dev.offshoot.management.LogContext;
import dev.offshoot.provisioner.Decision.Seen;
import dev.offshoot.worker.Failure;

/** Reads where refs are: what a git host says in a request is only a hint. */
final class Tips {
  private static final Logger LOG = LoggerFactory.getLogger(Tips.class);

  private final Function<RepositoryConfig, GitRepository> repositories;
  private final Executor beside;

  Tips(Function<RepositoryConfig, GitRepository> repositories) {
    this(repositories, task -> Thread.ofVirtual().name("tip").start(task));
  }

  /** @param beside runs what is to go on beside the caller's work */
  Tips(Function<RepositoryConfig, GitRepository> repositories, Executor beside) {
    this.repositories = repositories;
    this.beside = beside;
  }

  /** @throws Failure UNAVAILABLE while the repository cannot be reached */
  Seen read(Turn turn) {
    return new Seen(repositories.apply(turn.repository()).tip(turn.origin().ref()));
  }

  /** Where all branches are; throws as {@link #read}. */
  Map<GitRef, Commit> all(Turn turn) {
    return repositories.apply(turn.repository()).branches();
  }

  /**
   * Why a commit cannot be brought in; empty where it can.
   *
   * @throws Failure while that cannot be found out
   */
  Optional<String> refused(Turn turn, Commit commit) {
    GitRepository repository = repositories.apply(turn.repository());
    if (repository.tip(turn.origin().ref()).filter(commit::equals).isPresent()) {
      return Optional.empty();
    }
    try {
      repository.verify(commit);
      return Optional.empty();
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.INVALID) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** Whether history was rewritten since the ref was last seen; empty where nobody says so. Never a reason to fail. */
  Optional<Boolean> rewritten(Turn turn, Optional<Commit> from, Optional<Commit> to) {
    try {
      return from.isEmpty() || to.isEmpty() ? Optional.empty()
          : repositories.apply(turn.repository()).rewritten(from.get(), to.get());
    } catch (RuntimeException e) {
      LOG.atInfo().addKeyValue("environment", turn.origin().environment()).setCause(e).log("Whether history was rewritten is not known");
      return Optional.empty();
    }
  }

  /** Reads beside other work. */
  Reading startReading(Turn turn) {
    FutureTask<Optional<Commit>> task = new FutureTask<>(() -> read(turn).tip());
    beside.execute(LogContext.carried(task));
    return new Reading(task);
  }

  /** What was read, once it was. */
  record Reading(FutureTask<Optional<Commit>> task) {
    Optional<Commit> get() throws InterruptedException {
      try {
        return task.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Failure failure) {
          throw failure;
        }
        throw new IllegalStateException("The ref could not be read", e);
      }
    }
  }
}
