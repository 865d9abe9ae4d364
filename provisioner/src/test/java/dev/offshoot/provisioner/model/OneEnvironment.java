package dev.offshoot.provisioner.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Facet;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.model.Pool.Held;
import dev.offshoot.provisioner.model.State.Bounds;
import dev.offshoot.provisioner.model.State.Log;
import dev.offshoot.provisioner.model.State.Outside;
import dev.offshoot.provisioner.model.State.Run;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * One environment, two instances of the provisioner of which one may be late, and everything that can happen to them.
 * What the runtime does (lanes, transactions, fencing) is modelled; what the provisioner does is its own code.
 */
final class OneEnvironment implements TransitionSystem<State> {
  private final Bounds bounds;
  private final Mistake mistake;
  private final Pool<Outside> outsides = new Pool<>();
  private final Pool<Log> logs = new Pool<>();
  private final Pool<World> worlds = new Pool<>();
  private final Pool<History> histories = new Pool<>();
  private final Pool<EnvironmentState> tables = new Pool<>();
  private final Pool<Request> requests = new Pool<>();
  private final Map<Course.Progress, Course> courses = new HashMap<>();

  OneEnvironment(Bounds bounds, Mistake mistake) {
    this.bounds = bounds;
    this.mistake = mistake;
  }

  /** How often the provisioner's code was asked what it does next. */
  int courses() {
    return courses.size();
  }

  /** A branch was just pushed. */
  @Override
  public State start() {
    Outside outside = new Outside(1, 1, List.of(requests.hold(Requests.push(1))), false, bounds);
    return new State(outsides.hold(outside), logs.hold(new Log(List.of(), -1, 1, tables.hold(Names.UNKNOWN))),
        worlds.hold(World.EMPTY), histories.hold(History.EMPTY), Optional.empty(), Optional.empty());
  }

  @Override
  public Optional<String> broken(State state) {
    return state.history().get().broken()
        .or(() -> atRest(state) ? Promises.brokenAtRest(state) : Optional.empty());
  }

  @Override
  public boolean atRest(State state) {
    Log log = state.log().get();
    return state.active().isEmpty() && state.late().isEmpty() && state.outside().get().hints().isEmpty()
        && log.through() == log.requests().size() - 1 && Outsiders.migrated(log).isEmpty()
        && Outsiders.difference(state.outside().get(), log).isEmpty();
  }

  @Override
  public List<Step<State>> steps(State state) {
    List<Step<State>> steps = new ArrayList<>();
    Outsiders.steps(state.outside().get(), state.log().get(), (name, fair, outside, said) ->
        steps.add(new Step<>(name, fair, outside(state, outside, said))));
    state.active().ifPresentOrElse(run -> steps.addAll(steps(state, run, false)), () -> steps.addAll(begin(state)));
    state.late().ifPresent(run -> steps.addAll(late(state, run)));
    state.active().ifPresent(run -> steps.addAll(faults(state, run)));
    return steps;
  }

  /** @param said what was received by the log */
  private State outside(State state, Outside outside, List<Request> said) {
    Outside sorted = outside.hearing(outside.hints().stream()
        .map(hint -> requests.hold(hint.get())).sorted(Comparator.comparingInt(Held::number)).toList());
    return new State(outsides.hold(sorted), logs.hold(appended(state.log().get(), said)), state.world(),
        state.history(), state.active(), state.late());
  }

  private Log appended(Log log, List<Request> said) {
    return new Log(Stream.concat(log.requests().stream(), said.stream().map(requests::hold)).toList(), log.through(),
        log.assignment(), log.facets());
  }

  /** The lane's next request; a push that another one is right behind may be passed over. */
  private List<Step<State>> begin(State state) {
    Log log = state.log().get();
    List<Step<State>> steps = new ArrayList<>();
    for (int offset = log.through() + 1; offset < log.requests().size(); offset++) {
      Request request = log.requests().get(offset).get();
      boolean blind = mistake == Mistake.TABLE_NOT_CAUGHT_UP && log.assignment() > 1;
      Course.Start start = new Course.Start(request, Requests.time(offset, log.assignment()), bounds.kinds());
      Run run = new Run(offset, log.assignment(),
          Course.begin(courses, start, blind ? tables.hold(Names.UNKNOWN) : log.facets()), true);
      steps.add(new Step<>(() -> run.instance() + " begins with " + Words.of(request), true, active(state, Optional.of(run))));
      boolean superfluous = request.isUpdate() && offset + 1 < log.requests().size()
          && log.requests().get(offset + 1).get().isUpdate();
      if (!superfluous) {
        break;
      }
    }
    return steps;
  }

  private List<Step<State>> steps(State state, Run run, boolean late) {
    List<Step<State>> steps = new ArrayList<>();
    switch (run.course().next()) {
      case Course.Next.Waits(List<Call> calls) -> calls.forEach(call -> steps.addAll(take(state, run, call, late)));
      case Course.Next.Ended(Outcome outcome) -> steps.add(new Step<>(
          () -> run.instance() + " publishes " + Words.of(outcome), true, finished(state, run, published(outcome), late)));
      case Course.Next.Threw threw -> steps.addAll(failed(state, run, threw, late));
    }
    return steps;
  }

  private static Publication published(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(Publication publication) -> publication;
      case Outcome.Failed(String _, Publication publication) -> publication;
      case Outcome.Rejected _ -> Publication.NOTHING;
    };
  }

  /** As the runtime does: what may pass is tried again, or given up for what waits behind it. */
  private List<Step<State>> failed(State state, Run run, Course.Next.Threw threw, boolean late) {
    if (late) {
      return List.of(new Step<>(run.instance() + ", late, fails", true, late(state, Optional.empty())));
    }
    Log log = state.log().get();
    List<Step<State>> steps = new ArrayList<>();
    boolean waits = run.course().request().isUpdate() && run.offset() + 1 < log.requests().size()
        && log.requests().get(run.offset() + 1).get().endsUpdates();
    if (waits) {
      steps.add(new Step<>(run.instance() + " gives up for what is next", true,
          finished(state, run, Publication.NOTHING, false)));
    }
    if (threw.failure().kind().isTransient()) {
      Course again = Course.begin(courses, run.course().start(), log.facets());
      steps.add(new Step<>(run.instance() + " tries again", true, active(state, Optional.of(run.at(again)))));
    } else {
      steps.add(new Step<>(run.instance() + " fails: " + threw.failure().getMessage(), true,
          finished(state, run, threw.told(), false)));
    }
    return steps;
  }

  private List<Step<State>> take(State state, Run run, Call call, boolean late) {
    Supplier<String> name = () -> run.instance() + (late ? ", late, " : " ") + call;
    return switch (call) {
      case Call.ReadTip _ -> {
        Answer tip = new Answer.Tip(Requests.tip(state.outside().get(), run.course().request(), mistake));
        yield List.of(new Step<>(name, true, answered(state, run, call, tip, late)));
      }
      case Call.Commit(Publication publication) -> commit(state, run, publication, late).stream()
          .map(next -> new Step<>(name, true, next)).toList();
      case Call.OfStore store -> {
        List<Step<State>> steps = new ArrayList<>(List.of(new Step<>(name, true, take(state, run, store, late))));
        if (!late && state.outside().get().left().faults().outages() > 0) {
          State down = new State(outsides.hold(Outsiders.outage(state.outside().get())), state.log(), state.world(),
              state.history(), state.active(), state.late());
          steps.add(new Step<>(() -> name.get() + " in vain: it is down", false,
              answered(down, run, call, new Answer.Down(), false)));
        }
        yield steps;
      }
    };
  }

  private State take(State state, Run run, Call.OfStore call, boolean late) {
    World before = state.world().get();
    World.Effect effect = before.take(call, late, mistake);
    Optional<String> broken = call instanceof Call.OfResource of && mistake != Mistake.INTENT_NOT_FIRST
        ? Promises.brokenBy(of, before, effect.after(), state, late) : Optional.empty();
    History history = broken.map(state.history().get()::broke).orElse(state.history().get());
    State next = new State(state.outside(), state.log(), worlds.hold(effect.after()), histories.hold(history),
        state.active(), state.late());
    return answered(next, run, call, effect.answer(), late);
  }

  /** A publication half-way; of a handler that is late it is dropped, and the handler with it. */
  private Optional<State> commit(State state, Run run, Publication publication, boolean late) {
    Call call = new Call.Commit(publication);
    if (mistake == Mistake.INTENT_NOT_FIRST) {
      Held<EnvironmentState> own = tables.hold(with(run.course().table().get(), publication));
      Run told = run.at(run.course().answered(call, new Answer.Committed()).reads(own));
      return Optional.of(late ? late(state, Optional.of(told)) : active(state, Optional.of(told)));
    }
    if (late && mistake != Mistake.OUTCOME_NOT_FENCED) {
      return Optional.of(late(state, Optional.empty()));
    }
    State next = published(state, publication, state.log().get().through());
    Run told = run.at(run.course().answered(call, new Answer.Committed()).reads(next.log().get().facets()));
    return Optional.of(late ? late(next, Optional.of(told)) : active(next, Optional.of(told)));
  }

  private State finished(State state, Run run, Publication publication, boolean late) {
    if (late) {
      State next = mistake == Mistake.OUTCOME_NOT_FENCED
          ? published(state, publication, Math.max(run.offset(), state.log().get().through())) : state;
      return late(next, Optional.empty());
    }
    return active(published(state, publication, run.offset()), Optional.empty());
  }

  /** One transaction: facets, events, asks and how far the lane has come. */
  private State published(State state, Publication publication, int through) {
    Log log = state.log().get();
    EnvironmentState before = log.facets().get();
    // what leaving the intent out leads to is to be seen, not that it was left out
    History history = mistake == Mistake.INTENT_NOT_FIRST ? state.history().get()
        : state.history().get().after(publication, before.presence());
    World world = state.world().get();
    for (Facet facet : publication.facets()) {
      world = facet instanceof Presence presence && presence.intent() instanceof Intent.Standing standing
          ? world.told(standing.incarnation()) : world;
    }
    Log next = new Log(log.requests(), through, log.assignment(), tables.hold(with(before, publication)));
    return new State(state.outside(), logs.hold(appended(next, publication.asks())), worlds.hold(world),
        histories.hold(history), state.active(), state.late());
  }

  private EnvironmentState with(EnvironmentState state, Publication publication) {
    EnvironmentState next = state;
    for (Facet facet : publication.facets()) {
      next = next.with(facet);
    }
    boolean forgets = mistake == Mistake.PRESENCE_FORGOTTEN && publication.events().stream()
        .anyMatch(LifecycleEvent.EnvironmentDeleted.class::isInstance);
    return forgets ? Requests.without(next, Presence.class) : next;
  }

  private static State answered(State state, Run run, Call call, Answer answer, boolean late) {
    Optional<Run> told = Optional.of(run.at(run.course().answered(call, answer)));
    return late ? late(state, told) : active(state, told);
  }

  private List<Step<State>> late(State state, Run run) {
    List<Step<State>> steps = new ArrayList<>(steps(state, run, true));
    Held<EnvironmentState> facets = state.log().get().facets();
    if (run.sees() && !run.course().table().equals(facets)) {
      steps.add(new Step<>(run.instance() + ", late, sees the newest state", true,
          late(state, Optional.of(run.caughtUp(facets)))));
    }
    steps.add(new Step<>(run.instance() + ", late, is cancelled", true, late(state, Optional.empty())));
    return steps;
  }

  private List<Step<State>> faults(State state, Run run) {
    List<Step<State>> steps = new ArrayList<>();
    Bounds.Faults left = state.outside().get().left().faults();
    Log log = state.log().get();
    Log handedOver = new Log(log.requests(), log.through(), log.assignment() + 1, log.facets());
    if (left.crashes() > 0) {
      steps.add(new Step<>(run.instance() + " dies", false, new State(
          outsides.hold(Outsiders.crash(state.outside().get())), logs.hold(handedOver), state.world(), state.history(),
          Optional.empty(), state.late())));
    }
    if (left.rebalances() > 0 && state.late().isEmpty()) {
      steps.add(new Step<>(run.instance() + " loses the partition and works on", false, new State(
          outsides.hold(Outsiders.rebalance(state.outside().get())), logs.hold(handedOver), state.world(),
          state.history(), Optional.empty(), state.active())));
    }
    return steps;
  }

  private static State active(State state, Optional<Run> active) {
    return new State(state.outside(), state.log(), state.world(), state.history(), active, state.late());
  }

  private static State late(State state, Optional<Run> late) {
    return new State(state.outside(), state.log(), state.world(), state.history(), state.active(), late);
  }
}
