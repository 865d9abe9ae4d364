package dev.offshoot.migrator.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.flyway.SchemaHistory.Row;

class PastRunTest {
  /** CRC-32 of "123456789" by its definition. */
  private static final int CHECKSUM = 0xCBF43926;
  private static final String TEXT = "123456789\n";
  private int rank;

  private Row row(String type, String version, String script, OptionalInt checksum, boolean success) {
    rank++;
    String description = script.substring(script.indexOf("__") + 2).replace(".sql", "").replace('_', ' ');
    return new Row(rank, version, description, script, type, Duration.ZERO, success, "dba", checksum);
  }

  private Row sql(String script) {
    String file = script.substring(script.lastIndexOf('/') + 1);
    String version = file.startsWith("V") ? file.substring(1, file.indexOf("__")) : "";
    return row("SQL", version, script, OptionalInt.of(CHECKSUM), true);
  }

  private static List<SourceFile> files(String... names) {
    return Stream.of(names).map(name -> new SourceFile("db/migration/" + name, name, TEXT)).toList();
  }

  private static PastRun past(List<Row> rows, String... files) {
    return PastRun.of(rows, FlywayConfig.DEFAULT, files(files));
  }

  private static List<List<String>> names(PastRun past) {
    return past.batches().stream().map(batch -> batch.stream().map(SourceFile::name).toList()).toList();
  }

  @Test
  void whatTheCommitHasBeyondTheHistoryIsNotRun() {
    PastRun past = past(List.of(sql("V1__a.sql"), sql("V2__b.sql")), "V1__a.sql", "V2__b.sql", "V3__c.sql", "R__later.sql");

    assertThat(names(past)).containsExactly(List.of("V1__a.sql", "V2__b.sql"));
    assertThat(past.migrations()).isEqualTo(2);
    assertThat(past.changes()).isEmpty();
    assertThat(past.obstacle()).isEmpty();
  }

  @Test
  void aMigrationIsTheSameInWhicheverFolderItLies() {
    PastRun past = past(List.of(sql("V1__a.sql"), sql("2024/V2__b.sql"), sql("views/R__sums.sql")),
        "2023/V1__a.sql", "2025/V2__b.sql", "2025/V3__c.sql", "R__sums.sql");

    assertThat(names(past)).containsExactly(List.of("2023/V1__a.sql", "2025/V2__b.sql", "R__sums.sql"));
    assertThat(past.changes()).isEmpty();
  }

  @Test
  void eachRunOfFlywayEndsWhereTheHistoryDepartsFromItsOrder() {
    PastRun past = past(List.of(sql("V1__a.sql"), sql("V10__d.sql"), sql("R__view.sql"), sql("V2__late.sql"), sql("V11__e.sql")),
        "V1__a.sql", "V2__late.sql", "V10__d.sql", "V11__e.sql", "R__view.sql");

    assertThat(names(past)).containsExactly(List.of("V1__a.sql", "V10__d.sql", "R__view.sql"),
        List.of("V1__a.sql", "V10__d.sql", "R__view.sql", "V2__late.sql", "V11__e.sql"));
  }

  @Test
  void ofARepeatableMigrationTheLastTimeCounts() {
    Row before = row("SQL", "", "R__view.sql", OptionalInt.of(1), true);

    PastRun past = past(List.of(before, sql("V1__a.sql"), sql("R__view.sql")), "V1__a.sql", "R__view.sql");

    assertThat(names(past)).containsExactly(List.of("V1__a.sql", "R__view.sql"));
    assertThat(past.changes()).isEmpty();
  }

  @Test
  void whatIsMissingOrHasAnotherTextIsTheFindingAndNothingIsRun() {
    Row edited = row("SQL", "2", "V2__b.sql", OptionalInt.of(7), true);

    PastRun past = past(List.of(sql("V1__a.sql"), edited, sql("V3__c.sql")), "V1__a.sql", "V2__b.sql");

    assertThat(past.changes()).containsExactly("V2__b.sql was applied there with another text than the commit has",
        "V3__c.sql was applied there, and the commit does not have it");
    assertThat(past.batches()).isEmpty();
  }

  @Test
  void whatFlywayFillsInIsPartOfARepeatableMigrationsChecksumSoThatIsNotCompared() {
    Row filled = row("SQL", "", "R__view.sql", OptionalInt.of(7), true);
    FlywayConfig filling = new FlywayConfig(false, List.of(), FlywayConfig.DEFAULT_TABLE, Map.of("schema", "shop"));

    assertThat(PastRun.of(List.of(filled), filling, files("R__view.sql")).changes()).isEmpty();
    assertThat(PastRun.of(List.of(filled), FlywayConfig.DEFAULT, files("R__view.sql")).changes()).hasSize(1);
  }

  @Test
  void whatWasTakenBackIsNotRun() {
    PastRun past = past(List.of(sql("V1__a.sql"), sql("V2__b.sql"), row("DELETE", "2", "V2__b.sql", OptionalInt.empty(), true)), "V1__a.sql");

    assertThat(names(past)).containsExactly(List.of("V1__a.sql"));
    assertThat(past.changes()).isEmpty();
  }

  @Test
  void aBaselineCannotBeRunAgainFromNothing() {
    PastRun past = past(List.of(row("BASELINE", "5", "<< Flyway Baseline >>", OptionalInt.empty(), true), sql("V6__a.sql")), "V6__a.sql");

    assertThat(past.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("begins with a baseline"));
    assertThat(past.batches()).isEmpty();
  }

  @Test
  void neitherCanWhatIsNoSqlOrFailedHalfWay() {
    assertThat(past(List.of(row("JDBC", "1", "V1__Java", OptionalInt.empty(), true))).obstacle()).isPresent();
    assertThat(past(List.of(row("SQL", "1", "V1__a.sql", OptionalInt.empty(), false)), "V1__a.sql").obstacle()).isPresent();
  }
}
