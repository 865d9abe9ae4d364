package dev.offshoot.reporter.feedback;

import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/** For each event that changes what people should see of an environment: tells its git host, if that is configured. */
public final class FeedbackWorker implements Worker {
  public static final String NAME = "feedback";

  private final Map<RepositoryKey, Repository> repositories;
  private final MeterRegistry metrics;

  /**
   * Whom to tell of a repository.
   *
   * @param host its name, for the metrics
   */
  record Repository(String host, Teller teller, ReportLinks links) {}

  FeedbackWorker(Map<RepositoryKey, Repository> repositories, MeterRegistry metrics) {
    this.repositories = Map.copyOf(repositories);
    this.metrics = metrics;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Inbox reads() {
    return Inbox.ENVIRONMENTS;
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof LifecycleEvent said && Telling.isAbout(said) && said.subject().origin().kind() == EnvironmentKind.FULL
        && repositories.containsKey(said.subject().origin().repository());
  }

  @Override
  public Outcome handle(Message message, Context context) throws InterruptedException {
    if (!(message.event() instanceof LifecycleEvent event)) {
      return new Outcome.Rejected("not for feedback");
    }
    Repository repository = repositories.get(event.subject().origin().repository());
    if (repository == null) {
      return new Outcome.Rejected("no feedback is configured for the repository");
    }
    return switch (Telling.of(event, context.environment(), repository.links())) {
      case Telling.Answer.Nothing nothing -> {
        count(repository, "nothing");
        yield new Outcome.Rejected(nothing.why());
      }
      case Telling.Answer.Tell tell -> tell(repository, message, tell.telling());
    };
  }

  private Outcome tell(Repository repository, Message message, Telling telling) throws InterruptedException {
    try {
      boolean isNew = repository.teller().tell(message.environment(), telling);
      count(repository, isNew ? "told" : "unchanged");
      return Outcome.done(Publication.NOTHING);
    } catch (Failure e) {
      count(repository, e.kind().name().toLowerCase(Locale.ROOT));
      throw e;
    }
  }

  private void count(Repository repository, String outcome) {
    Counter.builder("offshoot.feedback").description("What was tried to tell git hosts, by how it ended")
        .tag("host", repository.host()).tag("outcome", outcome).register(metrics).increment();
  }
}
