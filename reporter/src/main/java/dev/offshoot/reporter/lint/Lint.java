package dev.offshoot.reporter.lint;

import java.util.ArrayList;
import java.util.List;

import dev.offshoot.reporter.lint.Finding.Place;
import dev.offshoot.reporter.lint.sql.Comment;
import dev.offshoot.reporter.lint.sql.Operation;
import dev.offshoot.reporter.lint.sql.Script;
import dev.offshoot.reporter.lint.sql.Statement;
import dev.offshoot.reporter.lint.sql.Statement.Read;
import dev.offshoot.reporter.lint.sql.Statement.Step;
import dev.offshoot.reporter.lint.sql.Statement.Unread;

/** Asks every rule about every statement of scripts that run one after another. */
public final class Lint {
  private static final int MOST_FINDINGS = 1_000;
  /** As much as the migrator takes of one file. */
  private static final int LONGEST_SCRIPT = 5 << 20;
  private static final int LONGEST_NAME = 200;

  private final LintOptions options;
  private final List<Check> checks;

  public Lint(LintOptions options) {
    this.options = options;
    this.checks = Rules.CHECKS.stream()
        .filter(check -> !check.rule().onDemand() || options.also().contains(check.rule().id())).toList();
  }

  /**
   * Says what is wrong, in the order of the scripts; at most {@value #MOST_FINDINGS} findings, and then one that says so.
   * Never throws for what the scripts hold.
   *
   * @param scripts in the order in which they run
   */
  public List<Finding> check(List<MigrationFile> scripts) {
    Progress progress = new Progress(options);
    List<Finding> findings = new ArrayList<>();
    for (MigrationFile script : scripts) {
      findings.addAll(check(script, progress));
      if (findings.size() > MOST_FINDINGS) {
        Place last = findings.get(MOST_FINDINGS - 1).place();
        findings = new ArrayList<>(findings.subList(0, MOST_FINDINGS));
        findings.addAll(said(last, ReadingRules.FINDINGS_CUT, ""));
        return findings;
      }
    }
    return findings;
  }

  private List<Finding> check(MigrationFile file, Progress progress) {
    if (file.text().length() > LONGEST_SCRIPT) {
      return said(new Place(file.name(), 0, 1, ""), ReadingRules.COULD_NOT_BE_READ,
          "the file has more than " + LONGEST_SCRIPT + " characters");
    }
    Script script = Script.read(file.text());
    progress.enter(script.statements(), file.inTransaction());
    List<Finding> findings = new ArrayList<>();
    int number = 0;
    for (Statement statement : script.statements()) {
      number++;
      progress.next();
      Statement.Source source = statement.source();
      Hits hits = new Hits(new Place(file.name(), number, source.line(), source.excerpt()));
      look(statement, progress, hits);
      findings.addAll(hits.heard(Wish.in(source.before())));
    }
    for (Comment comment : script.tail()) {
      Hits none = new Hits(new Place(file.name(), 0, comment.line(), ""));
      findings.addAll(none.heard(Wish.in(List.of(comment))));
    }
    return findings;
  }

  private void look(Statement statement, Progress progress, Hits hits) {
    switch (statement) {
      case Unread unread -> hits.add(ReadingRules.COULD_NOT_BE_READ, "", unread.why());
      case Read read -> {
        read.longNames().forEach(name -> hits.add(ReadingRules.IDENTIFIER_TOO_LONG, bounded(name), ""));
        for (Step step : read.steps()) {
          String detail = detail(step, read);
          checks.forEach(check -> check.broken().apply(step.operation(), progress)
              .forEach(object -> hits.add(check.rule(), bounded(object), detail)));
          progress.after(step);
        }
      }
    }
  }

  private static String detail(Step step, Read read) {
    String inside = step.line() == read.source().line() ? "" : "line " + step.line() + " of the script";
    return step.operation() instanceof Operation.Opaque opaque ? opaque.why() : inside;
  }

  private static String bounded(String object) {
    return object.length() <= LONGEST_NAME ? object : object.substring(0, LONGEST_NAME) + "...";
  }

  private static List<Finding> said(Place place, Rule rule, String detail) {
    Hits hits = new Hits(place);
    hits.add(rule, "", detail);
    return hits.heard(List.of());
  }
}
