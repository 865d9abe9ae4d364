package dev.offshoot.reporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offshoot.git.GitRepository.SourceFile;

class ScriptTextsTest {
  private static ScriptTexts of(String... names) {
    return new ScriptTexts(Stream.of(names).map(name -> new SourceFile("db/" + name, name, "-- " + name)).toList());
  }

  @Test
  void aTextIsFoundByTheNameThatTheHistoryHas() {
    ScriptTexts texts = of("V1__a.sql", "2025/V2__b.sql", "2025/q1/R__c.sql");
    assertThat(texts.of("V1__a.sql")).hasValue("-- V1__a.sql");
    assertThat(texts.of("2025/V2__b.sql")).hasValue("-- 2025/V2__b.sql");
    assertThat(texts.of("V9__x.sql")).isEmpty();
    assertThat(new ScriptTexts(List.of()).of("V1__a.sql")).isEmpty();
  }

  @Test
  void aMigrationThatWasMovedSinceIsFoundWhereItIsNow() {
    ScriptTexts texts = of("2025/V2__b.sql", "views/R__c.sql");
    assertThat(texts.of("V2__b.sql")).hasValue("-- 2025/V2__b.sql");
    assertThat(texts.of("old/R__c.sql")).hasValue("-- views/R__c.sql");
  }

  @Test
  void whatStandsBesideAMigrationDecidesWhetherItRunsInATransaction() {
    ScriptTexts texts = new ScriptTexts(Stream.of(
            "executeInTransaction=false", "flyway.executeInTransaction=true", "executeInTransaction=x")
        .flatMap(text -> Stream.of(new SourceFile("", text.length() + "/V1__a" + text.length() + ".sql", "SELECT 1;"),
            new SourceFile("", text.length() + "/V1__a" + text.length() + ".sql.conf", text))).toList());
    assertThat(texts.inTransaction("26/V1__a26.sql")).hasValue(false);
    assertThat(texts.inTransaction("moved/V1__a26.sql")).hasValue(false);
    assertThat(texts.inTransaction("32/V1__a32.sql")).hasValue(true);
    assertThat(texts.inTransaction("22/V1__a22.sql")).isEmpty();
    assertThat(of("V1__a.sql", "2025/V1__a.sql.conf").inTransaction("V1__a.sql")).isEmpty();
  }

  @Test
  void ofSeveralWithOneNameNoneIsGuessed() {
    ScriptTexts texts = of("a/V2__b.sql", "c/V2__b.sql");
    assertThat(texts.of("V2__b.sql")).isEmpty();
    assertThat(texts.of("c/V2__b.sql")).hasValue("-- c/V2__b.sql");
  }
}
