package dev.offshoot.reporter.html;

import static dev.offshoot.reporter.html.Markup.attribute;
import static dev.offshoot.reporter.html.Markup.css;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.LockMode;
import dev.offshoot.evidence.Span;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.text.Figures;

/**
 * The locks of a run over its time, as SVG: one row per table, those that keep others waiting longest first. Places are
 * per cent of the width and sizes are pixels, so that letters stay as large on a phone.
 */
final class LockTimeline {
  private static final int MOST_RELATIONS = 12;
  private static final int MOST_BARS = 40;
  private static final int MOST_STATEMENTS = 400;
  private static final int PARTS = 4;
  private static final int ROW = 38;
  private static final int HEAD = 42;
  private static final double THINNEST = 0.6;

  private static final Comparator<Bar> WORST =
      Comparator.comparing((Bar bar) -> bar.mode().blocksReads())
          .thenComparing(bar -> bar.mode().blocksWrites()).thenComparing(bar -> bar.span().took());

  private final List<Bar> locks = new ArrayList<>();
  private final List<Bar> statements = new ArrayList<>();
  private final Duration end;

  /** @param what a relation's name, or a statement's place */
  private record Bar(String what, LockMode mode, Span span) {}

  /** Runs stand one behind the other, each from its first statement, without the time between pushes. */
  LockTimeline(Trial trial) {
    Duration from = Duration.ZERO;
    Duration latest = Duration.ofNanos(1);
    for (Evidence run : trial.runs()) {
      Duration shift = from.minus(Trial.active(run).from());
      for (StatementEvidence statement : run.statements()) {
        Span ran = later(statement.execution().span(), shift);
        statements.add(new Bar(
            statement.source().script() + ":" + statement.source().line(), LockMode.ACCESS_SHARE, ran));
        latest = latest.compareTo(ran.until()) < 0 ? ran.until() : latest;
        for (Lock lock : statement.locking().locks()) {
          Span held = later(lock.span(), shift);
          if (lock.granted() && lock.mode().compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) >= 0) {
            locks.add(new Bar(lock.relation().name(), lock.mode(), held));
          }
          latest = latest.compareTo(held.until()) < 0 ? held.until() : latest;
        }
      }
      from = latest;
    }
    end = latest;
  }

  private static Span later(Span span, Duration by) {
    return new Span(span.from().plus(by), span.took());
  }

  /** By table: locks that keep at least other migrations waiting, the worst first. */
  private List<List<Bar>> rows() {
    return locks.stream().collect(Collectors.groupingBy(Bar::what)).values().stream()
        .sorted(Comparator.comparing(LockTimeline::worst, WORST).reversed()).toList();
  }

  private static Bar worst(List<Bar> row) {
    return row.stream().max(WORST).orElseThrow();
  }

  void draw(Markup page) {
    List<List<Bar>> rows = rows();
    if (rows.isEmpty()) {
      page.note("No lock was seen that keeps others from writing, reading or migrating.");
      return;
    }
    int shown = Math.min(MOST_RELATIONS, rows.size());
    int bottom = HEAD + shown * ROW;
    page.open("svg", css("timeline"), attribute("width", "100%"), attribute("height", Integer.toString(bottom + 24)),
        attribute("role", "img"), attribute("aria-label", "Locks of " + rows.size() + " relations over "
            + Figures.time(end)), attribute("xmlns", "http://www.w3.org/2000/svg"));
    grid(page, bottom);
    statements(page);
    for (int row = 0; row < shown; row++) {
      row(page, rows.get(row), HEAD + ROW * row);
    }
    page.close("svg").more(rows.size() - shown);
    legend(page);
  }

  private void grid(Markup page, int bottom) {
    for (int i = 0; i <= PARTS; i++) {
      String x = percent(100.0 * i / PARTS);
      page.open("line", css("grid"), attribute("x1", x), attribute("x2", x), attribute("y1", "22"),
          attribute("y2", Integer.toString(bottom))).close("line");
      String anchor = i == 0 ? "start" : i == PARTS ? "end" : "middle";
      page.element("text", Figures.time(end.multipliedBy(i).dividedBy(PARTS)), css("tick"),
          attribute("x", x), attribute("y", Integer.toString(bottom + 16)), attribute("text-anchor", anchor));
    }
  }

  private void statements(Markup page) {
    page.element("text", "statements", css("label"), attribute("x", "0"), attribute("y", "13"));
    for (int i = 0; i < Math.min(MOST_STATEMENTS, statements.size()); i++) {
      Bar bar = statements.get(i);
      bar(page, i % 2 == 0 ? "statement" : "statement odd", bar, new Band(20, 8),
          (i + 1) + ". " + bar.what() + ", " + Figures.time(bar.span().took()));
    }
  }

  private void row(Markup page, List<Bar> bars, int top) {
    Bar worst = worst(bars);
    page.open("text", css("label"), attribute("x", "0"), attribute("y", Integer.toString(top + 13)))
        .element("tspan", worst.what(), css("relation"))
        .element("tspan", "  " + worst.mode().words().toLowerCase(Locale.ROOT) + ", "
            + Figures.time(worst.span().took()))
        .close("text");
    page.open("rect", css("track"), attribute("x", "0"), attribute("y", Integer.toString(top + 19)),
        attribute("width", "100%"), attribute("height", "10"), attribute("rx", "3")).close("rect");
    bars.stream().sorted(WORST).skip(Math.max(0, bars.size() - MOST_BARS)).forEach(
        bar -> bar(page, tone(bar.mode()), bar, new Band(top + 19, 10), bar.what() + ": " + bar.mode().words()
            + ", from " + Figures.time(bar.span().from()) + " for " + Figures.time(bar.span().took())));
  }

  private record Band(int top, int height) {}

  private void bar(Markup page, String tone, Bar bar, Band band, String title) {
    double start = Math.min(100 - THINNEST, 100.0 * bar.span().from().toNanos() / end.toNanos());
    double width = Math.min(100 - start, Math.max(THINNEST, 100.0 * bar.span().took().toNanos() / end.toNanos()));
    page.open("rect", css("bar " + tone), attribute("x", percent(start)), attribute("width", percent(width)),
            attribute("y", Integer.toString(band.top())), attribute("height", Integer.toString(band.height())),
            attribute("rx", "3"))
        .element("title", title).close("rect");
  }

  static String tone(LockMode mode) {
    if (mode.compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) < 0) {
      return "rows";
    }
    return mode.blocksReads() ? "reads" : mode.blocksWrites() ? "writes" : "migrations";
  }

  private static void legend(Markup page) {
    page.open("p", css("legend"));
    swatch(page, "reads", "nobody can read or write");
    swatch(page, "writes", "nobody can write");
    swatch(page, "migrations", "no other migration, VACUUM or ANALYZE");
    page.close("p");
  }

  private static void swatch(Markup page, String tone, String words) {
    page.open("span").element("i", "", css("swatch " + tone)).text(words).close("span");
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
