package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** Holds a delta report against what its case says. */
final class VerdictCheck {
  /** Cases share tables, of which they speak by {@code collides} lines, and a server, whose autovacuum may come between. */
  private static final Set<String> OF_THE_NEIGHBOURS = Set.of("same-table", "same-version", "waited-for-lock");
  private static final Pattern FAILS = Pattern.compile("(\\w{5})(?: (\\d+) rows)?");
  private static final Pattern MEASURED = Pattern.compile("measured (\\d+)");
  private static final Pattern LOCK = Pattern.compile("([A-Z ]+) (\\S+)");

  private final VerdictCase expected;
  private final JsonNode report;
  private final String html;

  VerdictCheck(VerdictCase expected, JsonNode report, String html) {
    this.expected = expected;
    this.report = report;
    this.html = html;
  }

  void holds() {
    List<String> head = List.of(expected.head().split(" "));
    assertThat(reasons()).extracting(reason -> reason.path("id").asText()).as(report.path("verdict").toPrettyString())
        .containsOnly(head.subList(1, head.size()).toArray(String[]::new));
    assertThat(judgement()).isEqualTo(head.getFirst());
    assertThat(expected.facts("why")).isNotEmpty();
    assertThat(collisions()).isEqualTo(Set.copyOf(expected.facts("collides")));
    nothingIsMarkup();
    expected.facts().forEach(this::holds);
  }

  /** Of the other branch, which is told of in steps while both are worked on. */
  boolean collidesAsExpected() {
    return collisions().equals(Set.copyOf(expected.facts("collides")));
  }

  private List<JsonNode> reasons() {
    assertThat(elements(report.at("/verdict/reasons"))).filteredOn(reason -> reason.path("id").asText().equals("waited-for-lock"))
        .allMatch(wait -> wait.path("weight").asText().equals("NOTE")).as("waits for those who measure")
        .noneMatch(wait -> wait.path("text").asText().contains("offshoot migrator"));
    List<JsonNode> all = elements(report.at("/verdict/reasons")).stream()
        .filter(reason -> !OF_THE_NEIGHBOURS.contains(reason.path("id").asText())).toList();
    if (expected.isAlone()) {
      return all;
    }
    assertThat(all).as("what no case can be blamed for").allMatch(reason -> !reason.path("where").asText("").isEmpty());
    return all.stream().filter(reason -> expected.has(reason.path("where").asText())).toList();
  }

  /** Of a branch with several cases the report's own is the gravest of theirs; of one case it follows from its reasons. */
  private String judgement() {
    String ofBranch = report.at("/verdict/judgement").asText();
    String gravest = gravest(reasons());
    assertThat(ofBranch).isEqualTo(gravest(elements(report.at("/verdict/reasons"))));
    return expected.isAlone() ? ofBranch : gravest;
  }

  private static String gravest(List<JsonNode> reasons) {
    List<String> weights = reasons.stream().map(reason -> reason.path("weight").asText()).toList();
    return weights.contains("BLOCKS") ? "BLOCKED" : weights.contains("NEEDS_DBA") ? "NEEDS_DBA" : "PASS";
  }

  private void holds(VerdictCase.Fact fact) {
    Matcher measured = MEASURED.matcher(fact.key());
    if (measured.matches()) {
      measured(Integer.parseInt(measured.group(1)), fact.value());
    } else if (fact.key().startsWith("weighs ")) {
      weighs(fact.key().substring("weighs ".length()), fact.value());
    } else {
      switch (fact.key()) {
        case "why", "repository", "together", "collides" -> { }
        case "fails" -> fails(fact.value());
        case "says" -> assertThat(told()).anyMatch(text -> text.contains(fact.value()));
        case "rebuilt" -> rebuilt(fact.value());
        case "shown as" -> assertThat(html).contains(fact.value());
        default -> throw new AssertionError("The case says what nobody understands: " + fact);
      }
    }
  }

  private List<String> told() {
    List<String> told = reasons().stream().map(reason -> reason.path("text").asText())
        .collect(Collectors.toList());
    told.add(report.at("/findings/failure/failure/reason").asText());
    return told;
  }

  private void fails(String value) {
    Matcher failure = FAILS.matcher(value);
    assertThat(failure.matches()).as(value).isTrue();
    JsonNode failed = report.at("/findings/failure");
    assertThat(failed.at("/failure/sqlState").asText()).as(failed.toPrettyString()).isEqualTo(failure.group(1));
    JsonNode rows = failed.at("/statement/rows");
    if (failure.group(2) != null) {
      assertThat(rows.path("count").asText()).as(failed.toPrettyString()).isEqualTo(failure.group(2));
      assertThat(rows.path("more").asBoolean()).isFalse();
    } else {
      assertThat(rows.path("method").asText()).as(failed.toPrettyString()).isNotEqualTo("QUERIED");
    }
  }

  private void measured(int number, String value) {
    List<JsonNode> statements = elements(report.at("/findings/trial/value/runs")).stream()
        .flatMap(run -> elements(run.path("statements")).stream())
        .filter(statement -> expected.has(statement.at("/source/script").asText())).toList();
    assertThat(statements).as("statements of the trial").hasSizeGreaterThanOrEqualTo(number);
    JsonNode one = statements.get(number - 1);
    Set<String> rewritten = elements(one.at("/effects/rewrites")).stream().map(each -> each.path("relation"))
        .filter(relation -> relation.path("kind").asText().equals("TABLE")).map(relation -> relation.path("name").asText())
        .collect(Collectors.toCollection(TreeSet::new));
    Matcher lock = LOCK.matcher(value);
    if (value.equals("rewrites nothing")) {
      assertThat(rewritten).as(one.toPrettyString()).isEmpty();
    } else if (value.startsWith("rewrites ")) {
      assertThat(rewritten).as(one.toPrettyString()).containsExactly(value.substring("rewrites ".length()));
    } else if (value.endsWith(" rows")) {
      long changed = elements(one.at("/effects/rows/tables")).stream().mapToLong(table -> table.path("inserted").asLong()
          + table.path("updated").asLong() + table.path("deleted").asLong()).sum();
      assertThat(changed + " rows").as(one.toPrettyString()).isEqualTo(value);
    } else if (value.equals("outside a transaction")) {
      assertThat(one.at("/execution/inTransaction").asBoolean(true)).isFalse();
    } else if (lock.matches()) {
      assertThat(elements(one.at("/locking/locks"))).as(one.toPrettyString()).anyMatch(each -> each.path("granted").asBoolean()
          && each.path("mode").asText().equals(lock.group(1).replace(' ', '_'))
          && each.at("/relation/name").asText().equals(lock.group(2)));
    } else {
      throw new AssertionError("The case says what nobody understands: " + value);
    }
  }

  private void weighs(String rule, String value) {
    List<String> weights = elements(report.at("/findings/lint/value/items")).stream()
        .filter(finding -> finding.path("rule").asText().equals(rule) && expected.has(finding.path("script").asText()))
        .map(finding -> finding.path("weight").asText()).toList();
    assertThat(weights).as(rule).hasSize(1);
    if (value.startsWith("nothing of ")) {
      assertThat(weights.getFirst()).isNotEmpty().doesNotContain(value.substring("nothing of ".length()));
    } else {
      assertThat(weights.getFirst()).contains(value.split(", "));
    }
  }

  private void rebuilt(String value) {
    String why = report.at("/findings/plan/history/rebuilt").asText("");
    int incarnation = report.at("/findings/header/subject/incarnation").asInt();
    if (value.equals("no")) {
      assertThat(incarnation).isEqualTo(1);
    } else {
      assertThat(why).contains(value);
      assertThat(incarnation).isEqualTo(2);
    }
  }

  private Set<String> collisions() {
    return elements(report.at("/findings/collisions/value/items")).stream()
        .filter(each -> each.at("/with/branch").asText().equals(expected.otherBranch()))
        .map(each -> each.path("kind").asText() + " " + each.path("what").asText()).collect(Collectors.toSet());
  }

  /** Whatever a branch writes, it is text in the page, and no control character gets as far. */
  private void nothingIsMarkup() {
    assertThat(html).doesNotContain("<script", "<img", "<b>a", "href=\"javascript").doesNotContain("\u001b");
    assertThat(report.toString()).doesNotContain("\\u001b").doesNotContain("\u001b");
  }

  private static List<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }
}
