package dev.offshoot.reporter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.RowCounts;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.reporter.lint.Finding;
import dev.offshoot.reporter.lint.Lint;
import dev.offshoot.reporter.lint.LintOptions;
import dev.offshoot.reporter.lint.MigrationFile;
import dev.offshoot.reporter.lint.Silence;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.LintFinding;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.source.ScriptTexts;
import dev.offshoot.reporter.text.Figures;

/** What the rules say of the migrations that the branch adds, each with what was measured of its statement. */
final class Linting {
  private static final int MOST_FINDINGS = 500;
  private static final Duration WORTH_TELLING = Duration.ofMillis(1);
  private static final Pattern MAJOR = Pattern.compile("^(\\d{1,3})\\b.*");

  private final Part<Trial> trial;

  private Linting(Part<Trial> trial) {
    this.trial = trial;
  }

  static Part<Excerpt<LintFinding>> of(Plan plan, Part<List<SourceFile>> files, Part<Trial> trial) {
    ScriptTexts texts = new ScriptTexts(files.found().orElse(List.of()));
    List<MigrationFile> scripts = new ArrayList<>();
    for (Plan.Migration one : plan.migrations().items()) {
      Optional<String> text = texts.of(one.script());
      if (text.isEmpty()) {
        return Part.missing(files instanceof Part.Missing<List<SourceFile>>(String why)
            ? why : "the commit has no file " + one.script());
      }
      scripts.add(new MigrationFile(one.script(), text.get(), texts.inTransaction(one.script())));
    }
    Linting linting = new Linting(trial);
    return Part.present(Excerpt.of(new Lint(linting.options()).check(scripts).stream().map(linting::finding).toList(),
        MOST_FINDINGS));
  }

  private LintOptions options() {
    return trial.found().flatMap(run -> run.runs().stream().map(one -> one.measuring().server()).findFirst())
        .map(MAJOR::matcher).filter(Matcher::matches)
        .map(version -> LintOptions.FLYWAY.onVersion(Integer.parseInt(version.group(1)))).orElse(LintOptions.FLYWAY);
  }

  private LintFinding finding(Finding found) {
    return new LintFinding(found.id().value(), found.script(), found.line(), found.severity(),
        new LintFinding.Advice(title(found), found.why(), found.saferWay()),
        trial.found().flatMap(run -> weight(found, run)), found.silenced().map(Silence::reason));
  }

  private static String title(Finding found) {
    String detects = found.rule().advice().detects();
    return detects.substring(0, 1).toUpperCase(Locale.ROOT) + detects.substring(1)
        + found.object().map(object -> ": " + object).orElse("");
  }

  /** Several statements may stand on one line; where number and line disagree, the two were counted differently. */
  private static Optional<String> weight(Finding found, Trial run) {
    return run.statements().filter(one -> one.source().script().equals(found.script())
            && one.source().number() == found.place().number() && one.source().line() == found.line())
        .reduce((_, last) -> last).map(one -> weight(one, run.made()));
  }

  private static String weight(StatementEvidence one, Set<String> made) {
    List<String> words = new ArrayList<>();
    one.locking().locks().stream().filter(lock -> lock.granted() && lock.mode().blocksWrites())
        .filter(lock -> lock.span().took().compareTo(WORTH_TELLING) >= 0)
        .filter(lock -> lock.relation().kind().isQueried() && !made.contains(lock.relation().name()))
        .max(Lock.GRAVEST)
        .ifPresent(lock -> words.add("held " + lock.mode().words() + " on " + lock.relation().name() + " for "
            + Figures.time(lock.span().took())));
    one.effects().rows().map(RowCounts::total).filter(rows -> rows > 0)
        .ifPresent(rows -> words.add("changed " + Figures.count(rows) + " rows"));
    long rewritten = one.effects().rewrites().stream().mapToLong(rewrite -> rewrite.bytes()).sum();
    if (rewritten > 0) {
      words.add("rewrote " + Figures.bytes(rewritten));
    }
    words.add("took " + Figures.time(one.execution().span().took()));
    return String.join(", ", words);
  }
}
