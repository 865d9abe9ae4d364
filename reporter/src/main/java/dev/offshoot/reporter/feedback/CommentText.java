package dev.offshoot.reporter.feedback;

import static dev.offshoot.reporter.markdown.Markdown.code;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Reasons;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.Stores;

/**
 * The comment, in the Markdown that all hosts share: no HTML, no tables. A stranger's text stands in code, on one line that begins with
 * ours, since GitLab takes a line that begins with a slash for a command. It never holds a credential and has at most
 * {@link #LONGEST} characters.
 */
final class CommentText {
  /** Below the lowest limit of the hosts, Bitbucket's 32,768. */
  static final int LONGEST = 30_000;
  private static final int MOST_MIGRATIONS = 20;
  private static final int NAME = 200;
  private static final int TEXT = 800;

  private final StringBuilder text = new StringBuilder();
  private final Shown shown;

  private CommentText(Shown shown) {
    this.shown = shown;
  }

  static String of(Shown shown, ReportLinks links) {
    CommentText comment = new CommentText(shown);
    comment.head();
    comment.coordinates();
    comment.migrations();
    comment.failure();
    comment.report(links);
    comment.warnings();
    return comment.text.toString();
  }

  /** How our comment is known again: a link's definition that nothing refers to, which no host shows. */
  static String marker(EnvironmentId environment) {
    return "[//]: # (offshoot " + environment + ")";
  }

  /** What another comment of ours becomes, of which there should be none. */
  static String elsewhere(EnvironmentId environment) {
    return marker(environment) + "\n\nThe environment is told of in another comment of this change.\n";
  }

  private void head() {
    line(marker(shown.state().id()));
    line("");
    line("### Environment " + code(shown.state().id().value()) + ": " + phase());
    line("");
    line("- Branch " + code(shown.presence().origin().ref().branch(), NAME)
        + shown.tip().map(tip -> ", commit " + code(tip.brief())).orElse(""));
    line("- Incarnation " + shown.presence().intent().serving());
  }

  private String phase() {
    return switch (shown.phase()) {
      case REQUESTED, PROVISIONING -> "being made";
      case MIGRATING -> "migrating";
      case READY -> "ready";
      case FAILED -> "failed";
      case EXPIRING -> "being removed";
      case DESTROYED -> "destroyed";
    };
  }

  private void coordinates() {
    if (shown.phase() == Phase.DESTROYED || shown.phase() == Phase.EXPIRING) {
      removed();
      return;
    }
    Optional<Stores> stores = shown.state().currentStores();
    stores.map(Stores::coordinates).orElse(List.of()).forEach(this::store);
    if (stores.isPresent()) {
      line("- Passwords: " + code("offshoot env dotenv " + shown.state().id()) + " prints all that an application needs, for whoever may"
          + " have it");
    }
  }

  private void removed() {
    if (shown.presence().intent() instanceof Intent.Destroyed destroyed) {
      line("- Why: " + code(destroyed.reason(), TEXT));
    }
    boolean kept = shown.state().backups().filter(backups -> !backups.receipts().isEmpty()).isPresent();
    line("- " + (kept ? "Its stores are backed up: " + code("offshoot env restore " + shown.state().id()) + " brings them back, "
        : "Nothing was kept; ") + "a further push to the branch makes it anew");
  }

  private void store(StoreCoordinates store) {
    String at = code(store.host() + ":" + store.port(), NAME);
    line(switch (store.kind()) {
      case POSTGRES -> "- PostgreSQL " + at + ", database " + code(store.name()) + ", user " + code(store.user());
      case SOLR -> "- Solr " + at + ", " + code(store.name());
      case REDIS -> "- Redis " + at + (store.name().isEmpty() ? "" : ", key prefix " + code(store.name()));
    });
  }

  private void migrations() {
    List<AppliedMigration> applied = shown.schema().map(Schema::applied).orElse(List.of());
    if (shown.schema().isEmpty()) {
      return;
    }
    line("");
    line("**Migrations of this push**" + (applied.isEmpty() ? ": none was applied" : ""));
    line("");
    for (AppliedMigration one : applied.subList(0, Math.min(MOST_MIGRATIONS, applied.size()))) {
      line("1. " + code(one.script(), NAME) + ", " + one.took().toMillis() + " ms");
    }
    if (applied.size() > MOST_MIGRATIONS) {
      line("");
      line("and " + (applied.size() - MOST_MIGRATIONS) + " more");
    }
  }

  private void failure() {
    if (shown.phase() != Phase.FAILED) {
      return;
    }
    line("");
    line("**Failure**");
    line("");
    Optional<MigrationFailure> migration = shown.migrationFailure();
    if (migration.isEmpty() || shown.presence().failure().isPresent()) {
      line("- " + code(shown.state().failure().orElse("it could not be made"), TEXT));
      return;
    }
    MigrationFailure failure = migration.get();
    failure.script().ifPresent(script -> line("- File " + code(script + failure.line().map(line -> ":" + line).orElse(""), NAME)));
    line("- " + code(failure.reason(), TEXT) + failure.sqlState().map(state -> ", SQLSTATE " + code(state, NAME)).orElse(""));
    failure.statement().ifPresent(statement -> line("- Statement " + code(statement, TEXT)));
  }

  private void report(ReportLinks links) {
    shown.report().ifPresent(report -> {
      line("");
      line("**Delta report" + judgement() + "**" + report.verdict().map(verdict -> ": " + code(verdict, TEXT)).orElse(""));
      line("");
      reasons(report);
      line(links.to(shown.state().id(), report).map(link -> "[Read it](" + link + "), or ").orElse("Read it with ")
          + code("offshoot report show " + shown.state().id()));
    });
  }

  private String judgement() {
    return switch (shown.judgement()) {
      case PASS -> "";
      case NEEDS_DBA -> ": needs a DBA";
      case BLOCKED -> ": must not be merged as it is";
    };
  }

  private void reasons(Report report) {
    shown.reasons().forEach(this::reason);
    report.reasons().map(Reasons::more).filter(more -> more > 0).ifPresent(more -> line("- and " + more + " more"));
    if (!shown.reasons().isEmpty()) {
      line("");
    }
  }

  private void reason(Reasons.Reason reason) {
    line("- " + code(reason.text(), TEXT) + reason.where().map(where -> ", " + code(where, NAME)).orElse("")
        + " (" + code(reason.id(), NAME) + ")");
  }

  private void warnings() {
    if (shown.warnings().isEmpty() && shown.notes().isEmpty()) {
      return;
    }
    line("");
    line("**Please note**");
    line("");
    shown.notes().forEach(this::reason);
    shown.warnings().forEach(warning ->
        line("- " + warning.text() + warning.quoted().map(quoted -> " " + code(quoted, TEXT)).orElse("")));
  }

  private void line(String content) {
    text.append(content).append('\n');
  }
}
