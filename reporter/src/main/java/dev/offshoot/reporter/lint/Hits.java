package dev.offshoot.reporter.lint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.offshoot.reporter.lint.Finding.Place;

/** What is wrong with one statement, before and after its silences are heard. */
final class Hits {
  private final Place place;
  private final Set<Hit> hits = new LinkedHashSet<>();

  Hits(Place place) {
    this.place = place;
  }

  private record Hit(Rule rule, String object, String detail) {}

  void add(Rule rule, String object, String detail) {
    hits.add(new Hit(rule, object, detail));
  }

  List<Finding> heard(List<Wish> wishes) {
    List<Finding> findings = new ArrayList<>();
    for (Hit hit : hits) {
      findings.add(finding(hit, wishes.stream()
          .filter(wish -> wish.rules().stream().flatMap(name -> Rules.named(name).stream()).anyMatch(hit.rule()::equals))
          .flatMap(wish -> wish.reason().stream()).findFirst().map(Silence::new)));
    }
    wishes.forEach(wish -> findings.addAll(about(wish)));
    return findings;
  }

  /** What is wrong with the silence itself. */
  private List<Finding> about(Wish wish) {
    List<Finding> findings = new ArrayList<>();
    List<Rule> known = wish.rules().stream().flatMap(name -> Rules.named(name).stream()).toList();
    wish.rules().stream().filter(name -> Rules.named(name).isEmpty())
        .map(name -> new Hit(ReadingRules.UNKNOWN_RULE, "", "'" + name + "'"))
        .forEach(hit -> findings.add(finding(hit, Optional.empty())));
    if (wish.reason().isEmpty()) {
      findings.add(finding(new Hit(ReadingRules.SILENCE_WITHOUT_REASON, "", "line " + wish.line()), Optional.empty()));
    } else if (!known.isEmpty() && hits.stream().map(Hit::rule).noneMatch(known::contains)) {
      findings.add(finding(new Hit(ReadingRules.UNUSED_IGNORE, "", "line " + wish.line()), Optional.empty()));
    }
    return findings;
  }

  private Finding finding(Hit hit, Optional<Silence> silenced) {
    Optional<String> object = Optional.of(hit.object()).filter(name -> !name.isEmpty());
    return new Finding(hit.rule(), place, object, hit.detail(), silenced);
  }
}
