package dev.offshoot.config;

import static dev.offshoot.config.SampleFile.MINIMAL;
import static dev.offshoot.config.SampleFile.assertOnlyProblem;
import static dev.offshoot.config.SampleFile.parse;
import static dev.offshoot.config.SampleFile.shop;
import static dev.offshoot.config.SampleFile.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a repository may say, and what it may not. */
class RepositoriesInFileTest {
  @Test
  void aRepositoryHasAPolicyForItsReports() {
    String chosen = MINIMAL + "    report:\n      lockLimit: 200ms\n      policy: {table-rewritten: block, lint/ban-drop-column: note}";

    assertThat(shop(MINIMAL).report()).isEqualTo(ReportPolicy.DEFAULT);
    assertThat(shop(chosen).report()).isEqualTo(new ReportPolicy(
        Map.of("table-rewritten", ReportPolicy.Consequence.BLOCK, "lint/ban-drop-column", ReportPolicy.Consequence.NOTE),
        Duration.ofMillis(200), 100_000));
    assertOnlyProblem(MINIMAL + "    report: {policy: {table-rewriten: block}}",
        "repositories.shop.report.policy.table-rewriten", "table-rewritten");
    assertOnlyProblem(MINIMAL + "    report: {policy: {drift: maybe}}", "repositories.shop.report.policy.drift", "needs-dba");
  }

  @Test
  void aNameOfAzureDevOpsMayHaveABlankWithin() {
    assertThat(parse(with("fullName: acme/shop", "fullName: Acme Web/shop")).repositories().values())
        .extracting(RepositoryConfig::fullName).containsExactly("Acme Web/shop");
  }

  @Test
  void branchesAreChosenByPatternsAndALabel() {
    String chosen = MINIMAL + "    create: on-label\n    label: preview\n    branches:\n      include: [\"feature/**\"]\n      exclude: [wip]";

    RepositoryConfig shop = shop(chosen);

    assertThat(shop.create()).isEqualTo(RepositoryConfig.Creation.ON_LABEL);
    assertThat(shop.branches()).isEqualTo(new BranchRules(
        Optional.of("preview"), List.of(new BranchPattern("feature/**")), List.of(new BranchPattern("wip"))));
    assertOnlyProblem(MINIMAL + "    create: on-label", "repositories.shop.label", "preview");
    assertOnlyProblem(MINIMAL + "    label: preview", "repositories.shop.label", "on-label");
    assertOnlyProblem(MINIMAL + "    branches: {include: []}", "repositories.shop.branches.include", "1 to 100");
    assertOnlyProblem(MINIMAL + "    branches: {exclude: wip}", "repositories.shop.branches.exclude", "1 to 100");
    assertOnlyProblem(MINIMAL + "    branches: {include: [\" \"]}", "repositories.shop.branches.include", "feature/*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bitbucket-cloud", "bitbucket-data-center"})
  void aHostWithoutLabelsCannotMakeEnvironmentsByLabel(String host) {
    String bitbucket = with("host: github", "host: " + host);

    assertThat(shop(bitbucket).create()).isEqualTo(RepositoryConfig.Creation.ON_PUSH);
    assertOnlyProblem(bitbucket + "    create: on-label\n    label: preview", "repositories.shop.create", host);
  }

  @Test
  void aShortWebhookSecretIsRefused() {
    assertOnlyProblem(
        with("[\"${SHOP_SECRET}\"]", "[\"${SHOP_SECRET}\", short]"), "repositories.shop.secrets[1]", "fewer than 16");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value =
      {"[]", "[\"${SHOP_SECRET}\", \"${SHOP_SECRET}\", \"${SHOP_SECRET}\"]", "${SHOP_SECRET}"})
  void thereAreOneOrTwoWebhookSecrets(String secrets) {
    assertOnlyProblem(
        with("[\"${SHOP_SECRET}\"]", secrets), "repositories.shop.secrets", "list of one secret, or of two");
  }
}
