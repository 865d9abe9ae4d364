package dev.offshoot.migrator.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.evidence.Aspect;
import dev.offshoot.evidence.Execution;
import dev.offshoot.evidence.Gap;
import dev.offshoot.evidence.Measuring;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.evidence.StatementSource;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.text.SafeText;

/**
 * Flyway's callback that measures a run. Used by the thread that migrates, and by another only once that has ended.
 */
public final class Watch implements Callback, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Set<Event> EVENTS = EnumSet.of(Event.BEFORE_EACH_MIGRATE, Event.BEFORE_EACH_MIGRATE_STATEMENT,
      Event.AFTER_EACH_MIGRATE_STATEMENT, Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR, Event.AFTER_EACH_MIGRATE,
      Event.AFTER_EACH_MIGRATE_ERROR);

  private static final Duration BETWEEN_KEEPING = Duration.ofSeconds(1);

  private final Stopwatch time;
  private final Budget budget = new Budget();
  private final Map<String, String> texts;
  private final DataSource sessions;
  private final String history;
  private final Listener listener;
  private final List<OpenScript> scripts = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private Optional<Instruments> instruments = Optional.empty();
  private Optional<Running> running = Optional.empty();
  private Duration kept;

  /**
   * @param sessions of the environment's role, unswayed by what the branch set for it
   * @param files whose statements are to be found again
   * @param history the name of Flyway's own table, which is no effect of a migration
   * @param passed since the first attempt at these files began
   * @param listener is told by the thread that migrates
   */
  public Watch(DataSource sessions, List<SourceFile> files, String history, Duration passed, Listener listener) {
    this.sessions = sessions;
    this.history = history;
    this.time = new Stopwatch(passed);
    this.kept = passed;
    this.listener = listener;
    this.texts = files.stream().collect(Collectors.toMap(SourceFile::name, SourceFile::text, (first, _) -> first));
  }

  @Override
  public boolean supports(Event event, Context context) {
    return EVENTS.contains(event);
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public String getCallbackName() {
    return getClass().getSimpleName();
  }

  @Override
  public void handle(Event event, Context context) {
    Duration began = time.now();
    try {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        scriptBegins(context.getMigrationInfo());
      } else if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
        statementBegins(context);
      } else if (event == Event.AFTER_EACH_MIGRATE_STATEMENT) {
        statementEnded(Execution.End.SUCCEEDED, began, context.getConnection());
      } else if (event == Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR) {
        statementEnded(Execution.End.FAILED, began, context.getConnection());
      } else {
        scriptEnded(event, began, context.getConnection());
      }
    } catch (SQLException | RuntimeException e) { // a migration never fails because it is measured
      LOG.info("Not measured: {}", SafeText.line(String.valueOf(e.getMessage())));
      lacks("could not be asked: " + SafeText.line(String.valueOf(e.getMessage())));
    } finally {
      running.ifPresentOrElse(one -> budget.spend(one.statement.from.minus(began)), () -> budget.spend(time.now().minus(began)));
    }
  }

  /** Everything that the last statement, or the run, then lacks. */
  private void lacks(String why) {
    Optional<OpenStatement> last = scripts.isEmpty() ? Optional.empty() : scripts.getLast().last();
    for (Aspect aspect : List.of(Aspect.LOCKS, Aspect.ROWS, Aspect.REWRITES, Aspect.SIZES, Aspect.WAL_BYTES)) {
      last.ifPresentOrElse(statement -> statement.lacks(aspect, why), () -> gaps.add(new Gap(aspect, why)));
    }
  }

  private void scriptBegins(MigrationInfo info) throws SQLException {
    Optional<OpenScript> previous = scripts.isEmpty() ? Optional.empty() : Optional.of(scripts.getLast());
    keepNowAndThen();
    String version = Optional.ofNullable(info.getVersion()).map(Object::toString).orElse("");
    OpenScript script = new OpenScript(SafeText.line(info.getScript()), SafeText.line(version),
        new StatementPlaces(texts.getOrDefault(info.getScript(), "")), time.now());
    scripts.add(script);
    if (previous.isEmpty()) {
      instruments = Optional.of(Instruments.open(sessions, history, time));
    }
    if (instruments.isPresent()) {
      instruments.get().measurement().scriptBegins(script, previous);
    }
  }

  private void keepNowAndThen() {
    Duration now = time.now();
    if (!scripts.isEmpty() && now.minus(kept).compareTo(BETWEEN_KEEPING) > 0) {
      kept = now;
      listener.kept(asOf(now));
    }
  }

  private void statementBegins(Context context) throws SQLException {
    running = Optional.empty();
    if (scripts.isEmpty() || !budget.keepsOneMore()) {
      return;
    }
    OpenScript script = scripts.getLast();
    boolean inTransaction = !context.getConnection().getAutoCommit();
    script.runs(inTransaction);
    String sql = context.getStatement().getSql();
    StatementPlaces.Place place = script.places.next(sql);
    StatementSource source = new StatementSource(script.script, script.version, place.number(), place.line(),
        SafeText.block(sql.replace("\r\n", "\n"), budget.lengthOf(sql)));
    Optional<SeenWhileRunning> seen = Optional.empty();
    if (instruments.isPresent() && budget.hasTime()) {
      seen = Optional.of(instruments.get().sampler().watch(MigratingSession.backend(context.getConnection())));
    }
    listener.runs(source);
    OpenStatement statement = new OpenStatement(source, inTransaction, time.now());
    script.statements.add(statement);
    running = Optional.of(new Running(statement, script, seen));
  }

  private void statementEnded(Execution.End how, Duration at, Connection session) throws SQLException {
    Optional<Running> ended = running;
    running = Optional.empty();
    if (ended.isEmpty()) {
      return;
    }
    OpenStatement statement = ended.get().statement;
    statement.ended(how, at);
    if (instruments.isEmpty() || ended.get().seen.isEmpty()) {
      lacks(instruments.isEmpty() ? "there was no second session" : "measuring had taken its time: " + budget.spent().toMillis() + " ms");
      return;
    }
    Instruments with = instruments.get();
    with.sampler().rest();
    with.sampler().trouble().ifPresent(why -> statement.lacks(Aspect.WAITS, why));
    if (how == Execution.End.FAILED && statement.inTransaction) {
      with.measurement().rolledBack(statement, ended.get().seen.get());
    } else {
      with.measurement().take(statement, ended.get().script, ended.get().seen.get(), session);
    }
  }

  private void scriptEnded(Event event, Duration at, Connection session) throws SQLException {
    if (scripts.isEmpty()) {
      return;
    }
    OpenScript script = scripts.getLast();
    script.ended(at);
    if (instruments.isPresent()) {
      instruments.get().measurement().scriptEnds(script);
      if (event == Event.AFTER_EACH_MIGRATE && script.inTransaction()) {
        new MigratingSession(session).letCountersBeSeen();
      }
    }
  }

  /** What is known of why the last statement failed. */
  public void failed(Function<StatementSource, StatementFailure> why) {
    lastStarted().ifPresent(statement -> statement.failed(why.apply(statement.source)));
  }

  /** Why the rows that made it fail are not known. */
  public void lacksOffendingRows(String why) {
    lastStarted().ifPresent(statement -> statement.lacks(Aspect.OFFENDING_ROWS, why));
  }

  private Optional<OpenStatement> lastStarted() {
    return scripts.isEmpty() ? Optional.empty() : scripts.getLast().last();
  }

  /** What is known by now; empty when no script was started. */
  public Optional<Watched> result() {
    if (scripts.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (instruments.isPresent()) {
        instruments.get().measurement().scriptIsOver(scripts.getLast());
      }
    } catch (SQLException | RuntimeException e) {
      gaps.add(new Gap(Aspect.TEMP_BYTES, "could not be asked: " + SafeText.line(String.valueOf(e.getMessage()))));
    }
    if (budget.omitted() > 0) {
      gaps.add(new Gap(Aspect.STATEMENTS, budget.omitted() + " more statements ran than are listed"));
    }
    return Optional.of(asOf(time.now()));
  }

  private Watched asOf(Duration now) {
    return new Watched(
        scripts.stream().map(script -> script.asOf(now)).toList(),
        scripts.stream().flatMap(script -> script.statements.stream()).map(statement -> statement.asOf(now)).toList(),
        new Measuring(instruments.map(Instruments::server).orElse(""), Sampler.SHORTEST,
            instruments.map(with -> with.sampler().samples()).orElse(0L), budget.spent(), gaps),
        now);
  }

  @Override
  public void close() {
    instruments.ifPresent(Instruments::close);
  }

  /** Is told of a run while it goes on. */
  public interface Listener {
    /** What is known once a script is committed; at most every second. */
    void kept(Watched soFar);

    /** A statement that is about to run, of those that are listed. */
    default void runs(StatementSource statement) {}
  }

  /** @param seen empty when it is only listed */
  private record Running(OpenStatement statement, OpenScript script, Optional<SeenWhileRunning> seen) {}
}
