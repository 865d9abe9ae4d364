package dev.offshoot.provisioner.model;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.GitRef;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.git.GitRepository;
import dev.offshoot.provisioner.ModelledProvisioner;
import dev.offshoot.provisioner.model.Course.Next;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.StateView;
import dev.offshoot.worker.Worker;

/** Plays the provisioner up to the first questions that have no answer yet. */
final class Script implements Context, StateView, GitRepository {
  private final Course.Progress progress;
  private final Map<Call, Integer> asked = new HashMap<>();
  private final Set<Call> open = new HashSet<>();
  private int answered;

  private Script(Course.Progress progress) {
    this.progress = progress;
  }

  /** A question that is not answered yet ends the thread that asks it. */
  private static final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Unanswered() {
      super("unanswered", null, false, false);
    }
  }

  static Next play(Course.Progress progress) {
    return new Script(progress).play();
  }

  private Next play() {
    Worker worker = ModelledProvisioner.of(Names.REPOSITORY, this,
        progress.start().kinds().stream().<Store>map(kind -> new ModelStore(kind, this::ask)).toList(),
        Clock.fixed(progress.start().now(), ZoneOffset.UTC));
    Message message = Message.first(new EventId("modelled"), EventSource.worker("model"), Names.BEGINNING,
        progress.start().request());
    Next next;
    try {
      next = new Next.Ended(worker.handle(message, this));
    } catch (Failure failure) {
      next = new Next.Threw(failure, worker.failure(message, this, String.valueOf(failure.getMessage())));
    } catch (Exception e) {
      if (open.isEmpty()) {
        throw new IllegalStateException("The provisioner threw what is no failure", e);
      }
      next = new Next.Waits(List.of());
    }
    return open.isEmpty() ? next
        : new Next.Waits(open.stream().sorted(Comparator.comparing(Call::toString)).toList());
  }

  private synchronized Answer ask(Call call) {
    int nth = asked.merge(call, 1, Integer::sum) - 1;
    List<Answer> answers = progress.answers().getOrDefault(call, List.of());
    if (nth >= answers.size()) {
      open.add(call);
      throw new Unanswered();
    }
    answered++;
    return answers.get(nth);
  }

  @Override
  public Optional<Commit> tip(GitRef ref) {
    return ask(new Call.ReadTip()) instanceof Answer.Tip(var tip) ? tip : Optional.empty();
  }

  @Override
  public Map<GitRef, Commit> branches() {
    throw new UnsupportedOperationException("The provisioner asks for one ref");
  }

  /** Nothing is decided by it. */
  @Override
  public Optional<Boolean> rewritten(Commit older, Commit newer) {
    return Optional.empty();
  }

  @Override
  public List<SourceFile> files(Commit commit, Folder folder, Predicate<String> wanted) {
    throw new UnsupportedOperationException("The provisioner reads no files");
  }

  @Override
  public synchronized EnvironmentState environment() {
    return progress.tables().stream().filter(table -> table.from() <= answered).toList().getLast().state().get();
  }

  @Override
  public StateView state() {
    return this;
  }

  @Override
  public EnvironmentState of(EnvironmentId id) {
    return id.equals(Names.STAGING.id()) ? Names.STAGING : environment();
  }

  @Override
  public Collection<EnvironmentState> all() {
    return List.of(environment(), Names.STAGING);
  }

  @Override
  public void commit(Publication publication) {
    ask(new Call.Commit(publication));
  }

  @Override
  public boolean superseded() {
    return false;
  }

  @Override
  public int attempt() {
    return 1;
  }
}
