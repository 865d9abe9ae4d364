package dev.offshoot.reporter.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LintSuiteTest {
  /** Bounds are tried with texts that are made, not kept. */
  private static final Set<String> ELSEWHERE = Set.of("findings-cut");

  static List<LintCase> cases() throws IOException {
    return LintCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsWhatItsMarksSayAndNothingElse(LintCase one) {
    assertThat(one.findings()).map(LintCase::shown).containsExactlyInAnyOrderElementsOf(one.expected());
  }

  @Test
  void everyRuleIsFoundSomewhere() throws IOException {
    Set<String> found = cases().stream().flatMap(each -> each.expected().stream())
        .map(mark -> mark.substring(mark.indexOf(' ') + 1)).collect(Collectors.toCollection(TreeSet::new));
    found.addAll(ELSEWHERE);

    assertThat(Rules.all()).map(rule -> rule.id().value()).doesNotHaveDuplicates().isSubsetOf(found);
    assertThat(cases()).hasSizeGreaterThan(40);
  }
}
