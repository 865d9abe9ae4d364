package dev.offshoot.reporter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.ReportPolicy;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Subject;
import dev.offshoot.evidence.Amount;
import dev.offshoot.evidence.Effects;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.Execution;
import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.LockMode;
import dev.offshoot.evidence.Locking;
import dev.offshoot.evidence.Measuring;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.OffendingRows;
import dev.offshoot.evidence.PlanDecision;
import dev.offshoot.evidence.Relation;
import dev.offshoot.evidence.RelationSize;
import dev.offshoot.evidence.Rewrite;
import dev.offshoot.evidence.RowCounts;
import dev.offshoot.evidence.Run;
import dev.offshoot.evidence.Span;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.evidence.StatementSource;
import dev.offshoot.evidence.Wait;
import dev.offshoot.reporter.lint.Severity;
import dev.offshoot.reporter.model.Collision;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Drift;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.FailedRun;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.FlywaySetting;
import dev.offshoot.reporter.model.Header;
import dev.offshoot.reporter.model.LintFinding;
import dev.offshoot.reporter.model.Masking;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.Rehearsal;
import dev.offshoot.reporter.model.ReplayedHistory;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.SearchDifference;
import dev.offshoot.reporter.model.Sizes;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.verdict.Judge;

/** Reports as they might be: an ordinary one, one of a failure, and one of a branch that means harm. */
public final class SampleReports {
  public static final Instant NOW = Instant.parse("2026-11-21T12:31:00Z");
  private static final Commit COMMIT = new Commit("4f1d2c3b5a69788796a5b4c3d2e1f00112233445");
  private static final Header.Snapshot PRODUCTION = new Header.Snapshot(new EpochId("e261121040000000"),
      Optional.of(Instant.parse("2026-11-21T04:00:00Z")), Optional.of(63_000_000_000L));
  private static final String BODY = """
      -- Orders know their currency
      ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2);
      UPDATE orders SET currency = 'EUR' WHERE currency IS NULL;
      ALTER TABLE orders ALTER COLUMN currency SET NOT NULL;
      """;

  private SampleReports() {}

  /** A statement of a sample, step by step. */
  private static final class Step {
    private final StatementSource source;
    private final Span span;
    private final List<Lock> locks = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final List<Rewrite> rewrites = new ArrayList<>();
    private final List<RelationSize> sizes = new ArrayList<>();
    private Optional<RowCounts> rows = Optional.empty();
    private Optional<StatementFailure> failure = Optional.empty();
    private boolean inTransaction = true;

    Step(String script, int line, String sql, long from, long took) {
      source = new StatementSource(script, script.replaceAll("^V|__.*", ""), line, line, sql);
      span = span(from, took);
    }

    Step locks(String relation, LockMode mode, long from, long took) {
      locks.add(new Lock(table(relation), mode, true, span(from, took), Method.OWN_LOCKS));
      return this;
    }

    Step rewrites(String relation, long bytes) {
      rewrites.add(new Rewrite(table(relation), 16_400, 16_999, bytes, Method.CATALOGUE));
      return this;
    }

    Step changes(String relation, long updated) {
      rows = Optional.of(new RowCounts(
          List.of(new RowCounts.TableRows(table(relation), 0, updated, 0)), Method.OWN_COUNTERS));
      return this;
    }

    Step waits(String behind, long took) {
      waits.add(new Wait("Lock:relation", behind, Duration.ofMillis(took), Method.SAMPLED));
      return this;
    }

    Step makes(String relation) {
      sizes.add(new RelationSize(
          table(relation), Optional.empty(), Optional.of(16_384L), Optional.empty(), Method.CATALOGUE));
      return this;
    }

    Step outside() {
      inTransaction = false;
      return this;
    }

    Step fails(StatementFailure why) {
      failure = Optional.of(why);
      return this;
    }

    StatementEvidence done() {
      return new StatementEvidence(source,
          new Execution(inTransaction, span, failure.isPresent() ? Execution.End.FAILED : Execution.End.SUCCEEDED,
              failure),
          new Locking(locks, waits),
          new Effects(rows, rewrites, sizes,
              Optional.of(new Amount(rewrites.stream().mapToLong(Rewrite::bytes).sum() + 8_400, Method.WAL_POSITION)),
              Optional.empty()), List.of());
    }
  }

  private static Relation table(String name) {
    return new Relation(name, Relation.Kind.TABLE);
  }

  private static Span span(long from, long took) {
    return new Span(Duration.ofMillis(from), Duration.ofMillis(took));
  }

  private static Evidence evidence(StatementEvidence... statements) {
    List<StatementEvidence> all = List.of(statements);
    Duration took = all.getLast().execution().span().until().plusMillis(9);
    return new Evidence(
        new Run(origin("feature/currency").environment(), Incarnation.FIRST, COMMIT, NOW.minusSeconds(30), took),
        new dev.offshoot.evidence.Plan(PlanDecision.MIGRATE, "6", "8", List.of(), Optional.empty()), List.of(), all,
        new Measuring("15.14", Duration.ofMillis(10), 131, Duration.ofMillis(74), List.of()));
  }

  /** A run of one statement that took a lock on {@code public.customers} for 700 ms. */
  public static Evidence measured(Subject subject, String script, int line, String sql) {
    Evidence sample = evidence(new Step(script, line, sql, 1, 700)
        .locks("public.customers", LockMode.ACCESS_EXCLUSIVE, 1, 702).done());
    return new Evidence(new Run(subject.origin().environment(), subject.incarnation(), subject.commit().orElseThrow(),
        sample.run().began(), sample.run().took()), sample.plan(), sample.scripts(), sample.statements(),
        sample.measuring());
  }

  public static Origin origin(String branch) {
    return Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch(branch));
  }

  private static Header header(String branch) {
    return new Header(new Subject(origin(branch), Incarnation.FIRST, Optional.of(COMMIT)),
        new Header.Snapshot(new EpochId("e261121093000000"), Optional.of(Instant.parse("2026-11-21T09:30:00Z")),
            Optional.of(1_288_490_188L)), NOW);
  }

  private static Plan.Migration migration(String script, long took, Optional<String> sql) {
    return new Plan.Migration(script.replaceAll("^V|__.*", ""), "x", script, Plan.State.APPLIED,
        Duration.ofMillis(took), sql, true);
  }

  /** Nothing but the migrator's word: every part that can be missing is. */
  public static Findings bare(String branch) {
    String why = "nobody looked";
    return new Findings(header(branch),
        new Plan(new Plan.History("7", Optional.empty(), List.of()),
            Excerpt.all(List.of(migration("V7__pages.sql", 41, Optional.empty()))), Optional.empty()),
        Part.missing(why), Part.missing(why), Optional.empty(), Part.missing(why), Part.missing(why),
        Part.missing(why), Part.missing(why), Part.missing(why));
  }

  /** All parts there, and nothing in any. */
  public static Findings clean(String branch) {
    Excerpt<String> none = Excerpt.all(List.of());
    return new Findings(header(branch),
        new Plan(new Plan.History("6", Optional.empty(), List.of()), Excerpt.all(List.of()), Optional.empty()),
        Part.present(SchemaDifference.NONE), Part.present(new Trial(List.of(), 0)), Optional.empty(),
        Part.present(Excerpt.all(List.of())), Part.present(Excerpt.all(List.of())),
        Part.present(new Drift("Staging and its history", SchemaDifference.NONE)),
        Part.present(new Masking(none, Excerpt.all(List.of()))),
        Part.present(new Sizes(8_000_000, Excerpt.all(List.of()))));
  }

  public static Findings ordinary() {
    Evidence run = evidence(
        new Step("V7__currency.sql", 2, "ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2)", 4, 1_840)
            .locks("public.orders", LockMode.ACCESS_EXCLUSIVE, 4, 2_716)
            .locks("public.order_lines", LockMode.SHARE_ROW_EXCLUSIVE, 6, 2_712)
            .rewrites("public.orders", 412_000_000).waits("autovacuum of public.orders", 120).done(),
        new Step("V7__currency.sql", 3, "UPDATE orders SET currency = 'EUR'\nWHERE currency IS NULL", 1_846, 690)
            .locks("public.orders", LockMode.ROW_EXCLUSIVE, 1_846, 874).changes("public.orders", 2_104_233).done(),
        new Step("V7__currency.sql", 4, "ALTER TABLE orders ALTER COLUMN currency SET NOT NULL", 2_538, 181).done(),
        new Step("V8__index.sql", 1, "CREATE INDEX CONCURRENTLY orders_by_customer ON orders (customer_id, placed_at)",
            2_730, 960).locks("public.orders", LockMode.SHARE_UPDATE_EXCLUSIVE, 2_731, 955).outside().done(),
        new Step("V8__index.sql", 2, "CREATE TABLE rates (currency text PRIMARY KEY, rate numeric NOT NULL)", 3_700, 12)
            .locks("public.rates", LockMode.ACCESS_EXCLUSIVE, 3_700, 13).makes("public.rates").done());
    SchemaDifference difference = new SchemaDifference(Excerpt.all(List.of(
        change(SchemaDifference.Kind.CHANGED, "TABLE", "public.orders"),
        change(SchemaDifference.Kind.ADDED, "INDEX", "public.orders.orders_by_customer"),
        change(SchemaDifference.Kind.REMOVED, "VIEW", "public.open_orders"),
        change(SchemaDifference.Kind.ADDED, "TABLE", "public.rates"))),
        "ALTER TABLE public.orders\n  ALTER COLUMN total TYPE numeric(12,2);\n\nDROP VIEW public.open_orders;\n\n"
            + "CREATE TABLE public.rates (\n  currency text NOT NULL,\n  rate numeric NOT NULL\n);", List.of());
    return new Findings(header("feature/currency"),
        new Plan(new Plan.History("8", Optional.empty(), List.of()), Excerpt.all(List.of(
            migration("V7__currency.sql", 2_716, Optional.of(BODY)),
            migration("V8__index.sql", 972, Optional.of("CREATE INDEX CONCURRENTLY …;\nCREATE TABLE rates (…);\n")))),
            Optional.of("9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab")),
        Part.present(difference), Part.present(Trial.of(List.of(run))), Optional.empty(),
        Part.present(Excerpt.all(lint())),
        Part.present(Excerpt.all(List.of(
            new Collision(Collision.Kind.SAME_VERSION, "8", Optional.of(other())),
            new Collision(Collision.Kind.SAME_TABLE, "public.orders", Optional.of(other()))))),
        Part.missing("neither is compared with its history yet"),
        Part.present(new Masking(Excerpt.all(List.of("public.customers.email", "public.orders.currency")),
            Excerpt.all(List.of(new Masking.Constraint("NOT NULL of currency", "public.orders", List.of("currency")))))),
        Part.present(new Sizes(1_288_490_188L, Excerpt.all(List.of(
            new Sizes.Table("public.orders", Optional.of(2_104_233L), 590_000_000),
            new Sizes.Table("public.order_lines", Optional.of(6_300_100L), 402_000_000),
            new Sizes.Table("public.rates", Optional.empty(), 16_384)))))).with(Optional.of(Part.present(search("currency")))).told(Part.present(Excerpt.all(List.of(
                new FlywaySetting("flyway.conf", "outOfOrder", "'true' is not heeded: it is 'false' here", FlywaySetting.Heed.NOT_HEEDED),
                new FlywaySetting("db/migration/V8__index.sql.conf", "executeInTransaction", "is heeded", FlywaySetting.Heed.HEEDED),
                new FlywaySetting("db/migration/afterMigrate.sql", "", "is a callback", FlywaySetting.Heed.RUNS_OTHERWISE)))));
  }

  private static SearchDifference search(String field) {
    return new SearchDifference(Excerpt.all(List.of(new SearchDifference.FileChange(SchemaDifference.Kind.CHANGED, "managed-schema.xml"))),
        Excerpt.all(List.of(new SearchDifference.SchemaChange(SchemaDifference.Kind.CHANGED, "field", field, "stored true → false"),
            new SearchDifference.SchemaChange(SchemaDifference.Kind.ADDED, "field", field + "_s", ""))),
        Excerpt.all(List.of(new SearchDifference.Reindex(SearchDifference.Need.NEEDED, "field " + field, "its stored was true and is false"),
            new SearchDifference.Reindex(SearchDifference.Need.ADVISED, "field " + field + "_s", "it is new"))),
        "--- a/solr/conf/managed-schema.xml\n+++ b/solr/conf/managed-schema.xml\n@@ -1 +1 @@\n-<field name=\"" + field + "\"/>\n",
        List.of(field + ".js"));
  }

  private static Collision.Other other() {
    return new Collision.Other("refunds-k3v7q2x4ma", "feature/refunds");
  }

  private static SchemaDifference.Change change(SchemaDifference.Kind kind, String type, String name) {
    return new SchemaDifference.Change(kind, type, name);
  }

  private static List<LintFinding> lint() {
    return List.of(
        new LintFinding("changing-column-type", "V7__currency.sql", 2, Severity.NEEDS_DBA,
            new LintFinding.Advice("Changing a column's type rewrites the table",
                "The table cannot be read or written until all rows are written anew.",
                "Add a column, fill it in batches, and let the application change over."),
            Optional.of("held ACCESS EXCLUSIVE on public.orders for 2.72 s, 393 MiB rewritten"), Optional.empty()),
        new LintFinding("prefer-bigint-over-int", "V8__index.sql", 2, Severity.WARN,
            new LintFinding.Advice("A number of 32 bits runs out", "Ids overflow at 2,147,483,647.", "Take bigint."),
            Optional.empty(), Optional.of("rates are a few hundred rows")));
  }

  public static Findings failing() {
    MigrationFailure failure = new MigrationFailure(
        "ERROR: could not create unique index \"customers_email_key\"", Optional.of("V9__unique.sql"), Optional.of(3),
        Optional.of("ALTER TABLE customers\n  ADD CONSTRAINT customers_email_key UNIQUE (email)"), Optional.of("23505"));
    StatementFailure statement = new StatementFailure("23505", "could not create unique index",
        Optional.of("customers_email_key"), Optional.of("public.customers"),
        Optional.of(new OffendingRows(Optional.empty(), List.of("email"), 214, false,
            List.of("email=a…, 2 rows", "email=k…, 2 rows", "email=m…, 3 rows"), Method.QUERIED)));
    Findings ordinary = ordinary();
    Evidence run = evidence(new Step("V9__unique.sql", 3, failure.statement().orElseThrow(), 2, 310)
        .locks("public.customers", LockMode.ACCESS_EXCLUSIVE, 2, 311).fails(statement).done());
    return new Findings(header("feature/unique-email"),
        new Plan(new Plan.History("6", Optional.of("V6__names.sql was edited"), List.of()), Excerpt.all(List.of(
            new Plan.Migration("9", "unique", "V9__unique.sql", Plan.State.FAILED, Duration.ZERO,
                failure.statement(), true))), Optional.empty()),
        Part.present(SchemaDifference.NONE), Part.present(Trial.of(List.of(run))),
        Optional.of(new FailedRun(failure, Optional.of(statement))), Part.present(Excerpt.all(List.of())),
        Part.present(Excerpt.all(List.of(new Collision(Collision.Kind.BELOW_STAGING, "9", Optional.empty())))),
        ordinary.drift(), Part.missing("the snapshot is gone"), ordinary.sizes());
  }

  /** What Staging takes and Production does not. */
  public static Findings rehearsed() {
    Findings failing = failing();
    return ordinary().with(
        Part.present(new Rehearsal(new Rehearsal.Ground(COMMIT, PRODUCTION),
            new Rehearsal.Run("6", List.of(new AppliedMigration("6", "names", "V6__names.sql", Duration.ofMillis(52))),
                failing.trial(), failing.failure()),
            Part.present(SchemaDifference.NONE),
            Part.present(new Masking(Excerpt.all(List.of("public.customers.email")), Excerpt.all(List.of(
                new Masking.Constraint("customers_email_key", "public.customers", List.of("email")))))),
            Part.present(new Sizes(64_000_000_000L, Excerpt.all(List.of(
                new Sizes.Table("public.orders", Optional.of(98_000_000L), 41_000_000_000L))))))),
        Part.missing("the rehearsal did not come to the commit, so the two are not comparable"))
        .withHistory(Optional.of(Part.present(changedByHand()))).withStagingHistory(Part.present(edited("V3__c.sql was applied there")));
  }

  public static ReplayedHistory changedByHand() {
    return new ReplayedHistory(PRODUCTION.epoch(), Optional.of(COMMIT), 5, List.of(), Part.present(new SchemaDifference(
        Excerpt.all(List.of(change(SchemaDifference.Kind.ADDED, "INDEX", "public.orders.by_hand"))), "CREATE INDEX by_hand;", List.of())));
  }

  /** Applied in Production, and edited since. */
  public static ReplayedHistory edited(String sentence) {
    return new ReplayedHistory(PRODUCTION.epoch(), Optional.of(COMMIT), 0, List.of(sentence), Part.missing("nothing was run"));
  }

  /** Every text that a branch chooses tries to be more than text. */
  public static Findings hostile() {
    String evil = "</code></pre><script>alert(1)</script><img src=x onerror=alert(2)>\" onload='x' `a``b` |\u202e\u0000&amp;";
    StatementFailure statement = new StatementFailure("XX000", evil, Optional.of(evil), Optional.of(evil),
        Optional.of(new OffendingRows(Optional.empty(), List.of(evil), 1, true, List.of(evil), Method.QUERIED)));
    Evidence run = evidence(new Step(evil, 1, evil + "\n@everyone\n```\n# forged", 0, 5)
        .locks(evil, LockMode.ACCESS_EXCLUSIVE, 0, 900).waits(evil, 12).rewrites(evil, 1).fails(statement).done());
    SchemaDifference difference = new SchemaDifference(
        Excerpt.all(List.of(change(SchemaDifference.Kind.REMOVED, "TABLE", evil))), evil + "\n```", List.of(evil));
    return new Findings(header("x`<img/src=x>@everyone"),
        new Plan(new Plan.History(evil, Optional.of(evil), List.of()), Excerpt.all(List.of(
            new Plan.Migration(evil, evil, evil, Plan.State.FAILED, Duration.ZERO, Optional.of(evil), true))),
            Optional.empty()),
        Part.present(difference), Part.present(Trial.of(List.of(run))),
        Optional.of(new FailedRun(new MigrationFailure(evil, Optional.of(evil), Optional.of(1), Optional.of(evil),
            Optional.of(evil)), Optional.of(statement))),
        Part.present(Excerpt.all(List.of(new LintFinding(evil, evil, 1, Severity.WARN, new LintFinding.Advice(evil, evil, evil),
            Optional.of(evil), Optional.of(evil))))),
        Part.present(Excerpt.all(List.of(new Collision(Collision.Kind.SAME_TABLE, evil,
            Optional.of(new Collision.Other("x-abcdefghij", evil)))))),
        Part.present(new Drift(evil, difference)),
        Part.present(new Masking(Excerpt.all(List.of(evil)),
            Excerpt.all(List.of(new Masking.Constraint(evil, evil, List.of(evil)))))),
        Part.present(new Sizes(1, Excerpt.all(List.of(new Sizes.Table(evil, Optional.of(1L), 1))))))
        .with(Optional.of(Part.present(search(evil)))).with(
            Part.present(new Rehearsal(new Rehearsal.Ground(COMMIT, PRODUCTION),
                new Rehearsal.Run(evil, List.of(new AppliedMigration(evil, evil, evil, Duration.ZERO)), Part.present(Trial.of(List.of(run))),
                    Optional.of(new FailedRun(new MigrationFailure(evil, Optional.of(evil), Optional.of(1), Optional.of(evil),
                        Optional.of(evil)), Optional.of(statement)))),
                Part.present(difference),
                Part.present(new Masking(Excerpt.all(List.of(evil)),
                    Excerpt.all(List.of(new Masking.Constraint("p" + evil, evil, List.of(evil)))))),
                Part.present(new Sizes(2, Excerpt.all(List.of(new Sizes.Table(evil, Optional.of(2L), 2))))))),
            Part.present(new Drift(evil, difference)))
        .told(Part.present(Excerpt.all(List.of(new FlywaySetting(evil, evil, evil, FlywaySetting.Heed.RUNS_OTHERWISE)))))
        .withStagingHistory(Part.present(new ReplayedHistory(PRODUCTION.epoch(), Optional.of(COMMIT), 1, List.of(evil), Part.present(difference))));
  }

  public static DeltaReport report(Findings findings) {
    return Judge.report(findings, ReportPolicy.DEFAULT);
  }
}
