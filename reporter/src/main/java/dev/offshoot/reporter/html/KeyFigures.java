package dev.offshoot.reporter.html;

import static dev.offshoot.reporter.html.Markup.css;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

import dev.offshoot.evidence.Amount;
import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.RowCounts;
import dev.offshoot.evidence.Span;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.text.Figures;

/** The few numbers that are looked at first. */
final class KeyFigures {
  private final Markup page;

  private KeyFigures(Markup page) {
    this.page = page;
  }

  static void of(Findings findings, Markup page) {
    page.open("section", css("figures"));
    KeyFigures figures = new KeyFigures(page);
    figures.figure(Integer.toString(findings.plan().migrations().total()), "migrations");
    findings.trial().found().ifPresent(figures::trial);
    findings.sizes().found().ifPresent(sizes -> figures.figure(Figures.bytes(sizes.database()), "database"));
    page.close("section").line();
  }

  private void trial(Trial trial) {
    figure(Long.toString(trial.statements().count() + trial.more()), "statements");
    figure(Figures.time(trial.took()), "in all");
    figure(longest(trial, true).map(Figures::time).orElse("none"), "longest lock against reading");
    figure(longest(trial, false).map(Figures::time).orElse("none"), "longest lock against writing");
    figure(Figures.count(trial.statements().flatMap(one -> one.effects().rows().stream())
        .mapToLong(RowCounts::total).sum()), "rows changed");
    figure(Long.toString(trial.statements().mapToLong(one -> one.effects().rewrites().size()).sum()), "files rewritten");
    Optional<Long> wal = trial.statements().flatMap(one -> one.effects().walBytes().stream()).map(Amount::value)
        .reduce(Long::sum);
    wal.ifPresent(bytes -> figure(Figures.bytes(bytes), "WAL"));
  }

  private static Optional<Duration> longest(Trial trial, boolean reading) {
    Set<String> made = trial.made();
    return trial.locks().filter(lock -> !made.contains(lock.relation().name()))
        .filter(lock -> reading ? lock.mode().blocksReads() : lock.mode().blocksWrites())
        .map(Lock::span).map(Span::took).max(Comparator.naturalOrder());
  }

  private void figure(String value, String name) {
    page.open("div").element("strong", value).element("span", name).close("div");
  }
}
