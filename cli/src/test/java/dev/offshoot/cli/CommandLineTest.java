package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import dev.offshoot.cli.system.ExampleConfig;
import dev.offshoot.wire.Json;

class CommandLineTest {
  private static final String COMPLETE = """
      kafka: {bootstrapServers: "kafka:9092"}
      stores:
        postgres: {host: db, user: postgres, password: canary-postgres}
        solr: {url: "http://solr:8983/solr", backups: /backups}
        redis: {server: /usr/bin/redis-server, directory: redis}
      credentials: {masterKey: canary-master-key-0123456789abcdef}
      blobs: {directory: blobs}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  Path folder;

  private int run(String... arguments) {
    return OffshootMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  static List<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>();
    collect(OffshootMain.commandLine(), all);
    return all;
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(each -> collect(each, all));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasADescriptionAndAnExampleThatCanBePasted(CommandLine command) {
    String help = command.getUsageMessage();

    assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    if (command.getCommandName().equals("help")) {
      return;
    }
    assertThat(help)
        .contains("Examples:", command.getCommandSpec().qualifiedName(" ") + (command.getSubcommands().isEmpty() ? "" : " "));
    assertThat(command.getCommandSpec().usageMessage().footer()).as("not broken at 80 columns")
        .filteredOn(line -> line.startsWith("  ")).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    assertThat(command.getCommandSpec().usageMessage().description()[0]).as("is all that the list of commands shows")
        .doesNotEndWith(":");
    if (command.getSubcommands().isEmpty()) {
      assertThat(command.getCommandSpec().findOption("--json")).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"nonsense", "env nonsense", "env show", "env list --nonsense", "run", "up --port many", "env create shop",
          "events --limit 0", "events --limit -3", "replay --all --at-once 0", "events --type Foo", "events --since yesterday",
          "events --follow --until 1h", "env create shop x --commit 123", "replay --at abc x", "replay --since 2 x",
          "snapshot take shop --of nope", "reconcile --confirm", "dead-letters retry --all --rate 0"})
  void wrongUsageIsExitCodeTwoAndSaysWhatIsRight(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatMayBeMeantIsSaidInAFewLines() {
    run("env", "lst");
    run("snapshots");
    run("env", "list", "--jsn");
    assertThat(err.toString()).contains("'offshoot env' has no command 'lst'; there are list, show,", "Did you mean", "offshoot snapshot",
        "--json", "'offshoot env --help'");
    assertThat(err.toString().lines()).hasSizeLessThan(15);
  }

  @Test
  void aGroupAloneShowsWhatIsInIt() {
    assertThat(run("env")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required subcommand", "dotenv");
  }

  @Test
  void anUnknownWorkerIsWrongUsageAndTheWorkersAreNamed() {
    assertThat(run("run", "cook")).isEqualTo(2);
    assertThat(err.toString()).contains("cook", "webhook-ingest", "provisioner", "migrator", "reporter", "sweeper");
  }

  @Test
  void aFreshSecretIsAllThatIsPrintedAndItIsAnotherEachTime() {
    assertThat(run("hooks", "secret", "new")).isZero();
    assertThat(run("hooks", "secret", "new")).isZero();

    assertThat(out.toString().lines()).hasSize(2).doesNotHaveDuplicates().allMatch(line -> line.matches("[0-9a-f]{64}"));
    assertThat(err.toString()).contains("repositories.<key>.secrets");
  }

  @Test
  void aSecretIsMadeBeforeItsRepositoryIsInAConfiguration() throws IOException {
    assertThat(run("hooks", "secret", "new", "my-shop", "--host", "generic", "--config", folder.resolve("none.yaml").toString())).isZero();
    assertThat(out.toString()).startsWith("whsec_");
    assertThat(err.toString()).contains("repositories.my-shop.secrets: [\"${MY_SHOP_WEBHOOK_SECRET}\"]");

    Path unfinished = Files.writeString(folder.resolve("offshoot.yaml"),
        "repositories: {shop: {host: gitlab, secrets: [\"${OFFSHOOT_TEST_NOT_SET}\"]}}\n");
    assertThat(run("hooks", "secret", "new", "shop", "--config", unfinished.toString())).isZero();
    assertThat(err.toString()).contains("paste it into: Secret token");
    assertThat(run("hooks", "secret", "new", "--host", "sourceforge")).isEqualTo(2);
  }

  @Test
  void theConfigurationOfUpIsCheckedAsUpReadsIt() throws IOException {
    Path file = Files.writeString(folder.resolve("offshoot.yaml"), "sweep: {idleAfter: 2d}\n");

    assertThat(run("config", "check", "--data", folder.toString())).isZero();
    assertThat(out.toString()).contains("idleAfter: \"2d\"", "bootstrapServers: \"filled in by 'up'\"").doesNotContain("9092", "0000");
    assertThat(run("config", "check", "--config", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("--data DIR", file.toString());
    assertThat(run("config", "check", file.toString(), "--config", file.toString())).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"env list", "events", "dead-letters list"})
  void aKafkaThatIsAwayIsToldWithItsKey(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("offshoot.yaml"), COMPLETE.replace("\"kafka:9092\"",
        "\"127.0.0.1:1\", client: {default.api.timeout.ms: '1000', request.timeout.ms: '1000'}"));

    assertThat(run((command + " --config " + file).split(" "))).isEqualTo(1);
    assertThat(err.toString()).contains("start Kafka, or correct kafka.bootstrapServers").doesNotContain("at org.apache", "should not have");
  }

  @Test
  void whatCompletesCommandsInAShellIsPrinted() {
    assertThat(run("completion")).isZero();
    assertThat(out.toString()).startsWith("#!/usr/bin/env bash").contains("complete -F _complete_offshoot -o default offshoot", "dead-letters");
  }

  @Test
  void aFolderWhereNothingRunsIsNamed() {
    assertThat(run("env", "list", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("No Offshoot runs in " + folder, "offshoot up");
  }

  @Test
  void allErrorsOfAConfigurationAreListed() throws IOException {
    Path file = Files.writeString(folder.resolve("offshoot.yaml"), "kafka: {}\nsweep: {idleAfter: 0d}\nnonsense: 1\n");

    assertThat(run("config", "check", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("kafka.bootstrapServers", "sweep.idleAfter", "nonsense", "stores.postgres.host");
  }

  @Test
  void theSameAsJson() throws IOException {
    Path file = Files.writeString(folder.resolve("offshoot.yaml"), "nonsense: 1\n");

    assertThat(run("config", "check", "--json", file.toString())).isEqualTo(1);
    assertThat(Json.mapper().readTree(out.toString()).path("valid").asBoolean(true)).isFalse();
    assertThat(Json.mapper().readTree(out.toString()).path("errors").findValuesAsText("key")).contains("nonsense");
  }

  @Test
  void aGoodConfigurationIsPrintedWithoutItsSecretsAndWithAWarningForWrittenOnes() throws IOException {
    Path file = Files.writeString(folder.resolve("offshoot.yaml"), COMPLETE);

    assertThat(run("config", "check", file.toString())).isZero();
    assertThat(out.toString()).contains("****", "kafka:9092").doesNotContain("canary");
    assertThat(err.toString()).contains("stores.postgres.password", "credentials.masterKey").doesNotContain("canary");
  }

  @Test
  void theExampleHasNothingButComments() {
    assertThat(ExampleConfig.text().lines()).allMatch(line -> line.isBlank() || line.startsWith("#"));
  }
}
