package dev.offshoot.reporter.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.git.GitRepository.Folder;
import dev.offshoot.git.GitRepository.Glimpse;
import dev.offshoot.git.GitRepository.Look;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.FlywaySetting;
import dev.offshoot.reporter.model.FlywaySetting.Heed;

class OwnConfigurationTest {
  private static final String FOLDER = "app/src/main/resources/db/migration";
  private static final FlywayConfig OPERATORS =
      new FlywayConfig(true, List.of("shop", "audit"), "versions", Map.of("owner", "shop_owner"));

  private static List<FlywaySetting> settings(FlywayConfig operator, String path, String text) {
    String name = path.startsWith(FOLDER + "/") ? path.substring(FOLDER.length() + 1) : path.substring(path.lastIndexOf('/') + 1);
    return OwnConfiguration.of(new RepositoryKey("shop"), operator, FOLDER, List.of(new Glimpse(path, name, Optional.of(text)))).items();
  }

  private static List<FlywaySetting> settings(String path, String text) {
    return settings(FlywayConfig.DEFAULT, path, text);
  }

  private static FlywaySetting one(String path, String text) {
    List<FlywaySetting> all = settings(path, text);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void flywayIsLookedForWhereItWouldLook() {
    var places = OwnConfiguration.places("app/db/migration");
    List<Look> flyways = places.stream().filter(look -> look.wanted().test("flyway.conf")).toList();
    assertThat(flyways).extracting(Look::folder).containsExactly(Folder.itself(""), Folder.itself("app"), Folder.itself("app/db"),
        Folder.itself("conf"), Folder.withAllBelow("app/db/migration"));
    assertThat(flyways).allSatisfy(look -> assertThat(look.wanted()).accepts("flyway.toml", "flyway.user.toml"));
    assertThat(places.getLast().wanted()).accepts("V2__x.sql.conf", "R__x.sql.conf", "beforeMigrate.sql", "afterEachMigrate__grants.sql",
        "afterMigrateError.sh", "createSchema.sql", "afterVersioned.ps1", "V3__x.sh", "V3__x.java", "B5__x.sql", "2025/V2__x.sql.conf",
        "a/b/beforeMigrate.sql", "2025/V3__x.sh", ".old/V2__x.sql", "2025/.old/R__x.sql");
    assertThat(places.getLast().wanted()).rejects("2025/V2__x.sql", "2025/flyway.conf", ".old/beforeMigrate.sql", ".old/V2__x.sql.conf",
        "V2__x.sql", "R__x.sql", "README.md", "notes.conf", "beforeLunch.sql", "afterClean.sql", "beforeMigrate.txt");
    assertThat(places.getFirst().wanted()).rejects("beforeMigrate.sql", "V2__x.sql.conf", "nginx.conf");
  }

  @Test
  void theOperatorsSettingThatDoesTheSameIsNamed() {
    assertThat(one("flyway.conf", "flyway.outOfOrder=true").says())
        .isEqualTo("'true' is not heeded: it is 'false' here; repositories.shop.flyway.outOfOrder sets it");
    assertThat(one("flyway.conf", "flyway.table=versions").says()).contains("repositories.shop.flyway.table sets it");
    assertThat(one("flyway.conf", "flyway.schemas=shop,audit").says()).contains("repositories.shop.flyway.schemas sets it");
    assertThat(one("flyway.conf", "flyway.placeholders.owner=x").says()).contains("repositories.shop.flyway.placeholders.owner sets it");
    assertThat(one("flyway.toml", "[flyway]\nlocations = [\"filesystem:app/src/main/resources/db/migration\", \"filesystem:seeds\"]"))
        .isEqualTo(new FlywaySetting("flyway.toml", "locations", "'seeds' is not looked into: migrations are read from '" + FOLDER
            + "' alone, with the folders in it; repositories.shop.migrations sets it", Heed.RUNS_OTHERWISE));
  }

  @Test
  void whatTheOperatorSaysTooIsNotTold() {
    assertThat(settings(OPERATORS, "conf/flyway.conf", """
        flyway.outOfOrder=true
        flyway.defaultSchema=shop
        flyway.schemas=audit
        flyway.table=versions
        flyway.placeholders.owner=shop_owner
        flyway.placeholderReplacement=true
        flyway.locations=classpath:db/migration
        flyway.mixed=false
        flyway.encoding=utf-8
        flyway.validateOnMigrate=true
        """)).isEmpty();
    assertThat(settings(OPERATORS, "flyway.toml", """
        [flyway]
        outOfOrder = true
        schemas = ["shop", "audit"]
        table = "versions"
        [flyway.placeholders]
        owner = "shop_owner"
        """)).isEmpty();
    assertThat(settings("flyway.conf", "flyway.defaultSchema=public\nflyway.outOfOrder=false\nflyway.placeholderReplacement=false")).isEmpty();
  }

  @Test
  void connectionsAndSecretsAreNeitherToldNorShown() {
    assertThat(settings("flyway.conf", "flyway.url=jdbc:postgresql://prod/shop\nflyway.user=sa\nflyway.password=hunter2\nflyway.licenseKey=k"))
        .isEmpty();
    assertThat(settings("flyway.toml", "[environments.prod]\nurl = \"jdbc:x\"\npassword = \"hunter2\"\n[flyway]\nenvironment = \"prod\"")).isEmpty();
    assertThat(settings("flyway.conf", "flyway.initSql=SET x.token TO 'hunter2'\nflyway.placeholders.token=hunter2\nflyway.other=hunter2"))
        .hasSize(3).allSatisfy(setting -> assertThat(setting.toString()).doesNotContain("hunter2"));
  }

  @Test
  void whatMakesFlywayRunSomethingElseIsToldAsThat() {
    assertThat(settings("flyway.conf", "flyway.initSql=SELECT 1\nflyway.mixed=true\nflyway.target=3\nflyway.executeInTransaction=false"))
        .hasSize(4).allSatisfy(setting -> assertThat(setting.heed()).isEqualTo(Heed.RUNS_OTHERWISE));
    assertThat(Stream.of("beforeMigrate.sql", "afterMigrate__x.sh", "V3__x.py", "B4__x.sql"))
        .allSatisfy(name -> assertThat(one(FOLDER + "/" + name, "SELECT 1").heed()).isEqualTo(Heed.RUNS_OTHERWISE));
    assertThat(one("flyway.conf", "flyway.unheardOf=1").heed()).isEqualTo(Heed.NOT_HEEDED);
  }

  @Test
  void whatIsHeededOfAMigrationsOwnFileIsToldTooAndTheRestIsNot() {
    assertThat(settings(FOLDER + "/V2__x.sql.conf", "executeInTransaction=false\nshouldExecute=false")).containsExactly(
        new FlywaySetting(FOLDER + "/V2__x.sql.conf", "executeInTransaction", "is heeded: the migration runs outside a transaction",
            Heed.HEEDED),
        new FlywaySetting(FOLDER + "/V2__x.sql.conf", "shouldExecute", "is not heeded", Heed.RUNS_OTHERWISE));
    assertThat(one(FOLDER + "/V2__x.sql.conf", "executeInTransaction=perhaps").heed()).isEqualTo(Heed.RUNS_OTHERWISE);
  }

  @Test
  void springIsLookedForWhereItWouldLook() {
    List<Look> springs = OwnConfiguration.places("app/src/main/resources/db/migration").stream()
        .filter(look -> look.wanted().test("application.yml")).toList();
    assertThat(springs).extracting(Look::folder).contains(Folder.itself(""), Folder.itself("config"), Folder.itself("src/main/resources"),
        Folder.itself("app/config"), Folder.itself("app/src/main/resources"), Folder.itself("app/src/main/resources/config"));
    assertThat(springs).allSatisfy(look -> assertThat(look.wanted())
        .accepts("application.properties", "application.yaml", "application-prod.yml", "application-eu.west.properties")
        .rejects("application.xml", "app.yml", "my-application.yml", "application-x/y.yml", "bootstrap.yml"));
  }

  @Test
  void whatSpringSaysOfFlywayIsComparedByFlywaysNames() {
    assertThat(settings("src/main/resources/application.properties", """
        spring.datasource.password=hunter2
        spring.flyway.out-of-order=true
        spring.flyway.baselineOnMigrate=true
        spring.flyway.init-sqls[0]=SET x.token TO 'hunter2'
        spring.flyway.password=hunter2
        flyway.table=other
        """)).containsExactly(
        new FlywaySetting("src/main/resources/application.properties", "spring.flyway.baselineOnMigrate",
            "is not heeded: it is always false here", Heed.RUNS_OTHERWISE),
        new FlywaySetting("src/main/resources/application.properties", "spring.flyway.initSql", "is not heeded", Heed.RUNS_OTHERWISE),
        new FlywaySetting("src/main/resources/application.properties", "spring.flyway.outOfOrder",
            "'true' is not heeded: it is 'false' here; repositories.shop.flyway.outOfOrder sets it", Heed.NOT_HEEDED));
    assertThat(settings("config/application-prod.yml", """
        spring:
          datasource: {password: hunter2}
          flyway:
            default-schema: shop
            schemas: [shop, audit]
            sql-migration-prefix: M
            placeholders:
              owner: hunter2
        ---
        spring.flyway.locations: "classpath:db/migration,classpath:db/seeds"
        """)).extracting(FlywaySetting::key, FlywaySetting::heed).containsExactly(
        tuple("spring.flyway.schemas", Heed.NOT_HEEDED), tuple("spring.flyway.placeholders.owner", Heed.NOT_HEEDED),
        tuple("spring.flyway.sqlMigrationPrefix", Heed.RUNS_OTHERWISE), tuple("spring.flyway.locations", Heed.RUNS_OTHERWISE));
    assertThat(settings("config/application-prod.yml",
        "spring.flyway: {placeholders: {owner: hunter2}, url: hunter2, init-sqls: [hunter2]}"))
        .hasSize(2).allSatisfy(setting -> assertThat(setting.toString()).doesNotContain("hunter2"));
  }

  @Test
  void whatSpringSaysAsTheOperatorDoesIsNotTold() {
    assertThat(settings(OPERATORS, "src/main/resources/application.yml", """
        app: {version: @project.version@}
        defaults: &flyway
          out-of-order: true
          table: ${HISTORY:versions}
        spring:
          flyway:
            <<: *flyway
            enabled: true
            schemas: shop,audit
            locations: classpath:db/{vendor},classpath:db/migration
            placeholders: {owner: shop_owner}
        """)).extracting(FlywaySetting::says)
        .containsExactly("'db/postgresql' is not looked into: migrations are read from '" + FOLDER
            + "' alone, with the folders in it; repositories.shop.migrations sets it");
    assertThat(settings("application.yml", "")).isEmpty();
    assertThat(settings("application.yml", "just text")).isEmpty();
    assertThat(settings("application.properties", "server.port=80")).isEmpty();
  }

  @Test
  void aLocationThatIsAPartOfTheMigrationsIsTold() {
    assertThat(settings("flyway.conf", "flyway.locations=classpath:db/migration,classpath:db/migration/2025")).isEmpty();
    assertThat(one("flyway.conf", "flyway.locations=classpath:db/migration/2025")).isEqualTo(new FlywaySetting("flyway.conf", "locations",
        "'db/migration/2025' is only a part of what is read: migrations are all in '" + FOLDER
            + "' and the folders in it; repositories.shop.migrations sets it", Heed.RUNS_OTHERWISE));
  }

  /** Aliases of aliases: a few lines that stand for a billion values; and a list that holds itself. */
  @ParameterizedTest
  @ValueSource(strings = {
      "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\n"
          + "spring.flyway.schemas: [*d,*d,*d,*d]",
      "spring.flyway.schemas: &a [*a]", "spring: {flyway: &a {x: *a}}", "a: !!java.net.URL [\"http://x\"]", "a: [", "\tx: 1", "a: b: c",
      "spring.flyway.table: !!javax.script.ScriptEngineManager []"})
  void aSpringFileThatCannotBeReadIsToldAndIsNoDifference(String yaml) {
    FlywaySetting told = one("application.yml", yaml);
    assertThat(told.says()).startsWith("could not be read");
    assertThat(told.heed()).isEqualTo(Heed.NOT_HEEDED);
    assertThat(one("application.yml", "x: " + "[".repeat(30_000)).says()).startsWith("could not be read");
    assertThat(one("application.properties", "x=\\u00zz").says()).startsWith("could not be read");
  }

  @Test
  void whatLiesInASubFolderIsToldWithItsPath() {
    assertThat(one(FOLDER + "/2025/V2__x.sql.conf", "executeInTransaction=false"))
        .isEqualTo(new FlywaySetting(FOLDER + "/2025/V2__x.sql.conf", "executeInTransaction",
            "is heeded: the migration runs outside a transaction", Heed.HEEDED));
    assertThat(one(FOLDER + "/2025/beforeMigrate.sql", "SELECT 1").heed()).isEqualTo(Heed.RUNS_OTHERWISE);
    assertThat(one(FOLDER + "/.old/V1__x.sql", "SELECT 1")).isEqualTo(new FlywaySetting(FOLDER + "/.old/V1__x.sql", "",
        "is not applied: Flyway looks into no folder whose name begins with a dot", Heed.NOT_HEEDED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[flyway\n", "a = ", "flyway = 5\n[flyway]\n", "x = [[[[[[", "[flyway]\na = 1\na = 2\n"})
  void whatCannotBeReadIsToldAsThat(String toml) {
    assertThat(one("flyway.toml", toml).says()).startsWith("could not be read");
  }

  @Test
  void aFileOfDeepOrManyKeysIsBounded() {
    assertThat(one("flyway.toml", "x = " + "[".repeat(30_000)).says()).startsWith("could not be read");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      many.append("flyway.k").append(i).append("=x\n");
    }
    Excerpt<FlywaySetting> all = OwnConfiguration.of(new RepositoryKey("shop"), FlywayConfig.DEFAULT, FOLDER,
        List.of(new Glimpse("flyway.conf", "flyway.conf", Optional.of(many.toString()))));
    assertThat(all.items()).hasSize(50);
    assertThat(all.more()).isEqualTo(1_950);
    assertThat(one("flyway.conf", "k".repeat(5_000) + "=1").key()).hasSizeLessThan(120);
  }

  @Test
  void aFileThatIsTooLargeIsToldAsThat() {
    assertThat(OwnConfiguration.of(new RepositoryKey("shop"), FlywayConfig.DEFAULT, FOLDER,
        List.of(new Glimpse("flyway.conf", "flyway.conf", Optional.empty()))).items()).singleElement()
        .satisfies(setting -> assertThat(setting.heed()).isEqualTo(Heed.RUNS_OTHERWISE));
  }
}
