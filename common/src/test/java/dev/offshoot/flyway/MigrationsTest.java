package dev.offshoot.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTest {

  @ParameterizedTest
  @ValueSource(strings = {"V1__a.sql", "V2025.1_2__a b.sql", "R__views.sql", "2025/V3__x.sql", "a/b c/R__x.sql", "a.b/V1__x.sql",
      "V1__a/V2__b.sql", "new\nline/V3__x.sql"})
  void migrationsAreThoseThatFlywayAppliesForwardsInWhicheverFolder(String name) {
    assertThat(Migrations.isMigration(name)).isTrue();
    assertThat(Migrations.configuresOne(name + ".conf")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"V__a.sql", "Vx__a.sql", "v1__a.sql", "U1__a.sql", "B1__a.sql", "V1__a.sh", "V1_a.sql", "V1__.sql",
      "R__a.sql.txt", "beforeMigrate.sql", "V1__a\tb.sql", "V1__a\\b.sql", ".old/V1__a.sql", "a/.old/V1__a.sql", "../V1__a.sql", "V1__a.sql/x.txt", ""})
  void whatIsNoneIsNone(String name) {
    assertThat(Migrations.isMigration(name)).isFalse();
    assertThat(Migrations.configuresOne(name + ".conf")).isFalse();
  }

  @Test
  void whatIsSaidOfOneIsSaidByItsFileAlone() {
    assertThat(Migrations.version("V9__x/V2025.1__new_pages.sql")).hasValue("2025.1");
    assertThat(Migrations.description("V9__x/V2025.1__new_pages.sql")).isEqualTo("new pages");
    assertThat(Migrations.version("V9__x/R__views.sql")).isEmpty();
    assertThat(Migrations.description("some__where/R__all_views.sql")).isEqualTo("all views");
    assertThat(Migrations.file("a/b/R__c.sql")).isEqualTo("R__c.sql");
  }
}
