package dev.offshoot;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. A rule that fails is a design question: ask it before changing the rule. */
@AnalyzeClasses(packages = "dev.offshoot", importOptions = ImportOption.DoNotIncludeTests.class)
class ImportRulesTest {
  private static final List<String> WORKERS = List.of("ingest", "provisioner", "migrator", "reporter", "sweeper");
  private static final String[] LANGUAGE = {"java..", "org.jspecify.annotations"};

  /** A rule over classes that were not found would hold for ever. */
  @ArchTest
  static void everyModuleIsSeen(JavaClasses all) {
    assertThat(List.of("environment", "event", "wire", "worker.runtime", "embedded", "cli", "ingest", "provisioner",
        "migrator", "reporter", "sweeper")).allSatisfy(name -> assertThat(all.containPackage("dev.offshoot." + name)).as(name).isTrue());
  }

  @ArchTest
  static void workersDoNotKnowEachOther(JavaClasses all) {
    for (String worker : WORKERS) {
      String[] others = WORKERS.stream().filter(other -> !other.equals(worker))
          .map(other -> "dev.offshoot." + other + "..").toArray(String[]::new);
      noClasses().that().resideInAPackage("dev.offshoot." + worker + "..").should().dependOnClassesThat()
          .resideInAnyPackage(others)
          .because("they meet on the topics").check(all);
    }
  }

  @ArchTest
  static void workersDoNotKnowWhatStartsThem(JavaClasses all) {
    for (String worker : WORKERS) {
      noClasses().that().resideInAPackage("dev.offshoot." + worker + "..")
          .should().dependOnClassesThat().resideInAnyPackage("dev.offshoot.cli..", "dev.offshoot.embedded..")
          .check(all);
    }
  }

  @ArchTest
  static final ArchRule KAFKA_IS_KNOWN_TO_WIRE_AND_RUNTIME_ONLY = noClasses()
      .that().resideOutsideOfPackages(
          "dev.offshoot.wire..", "dev.offshoot.worker.runtime..", "dev.offshoot.embedded..", "dev.offshoot.bench..")
      .should().dependOnClassesThat().resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule VERTX_IS_KNOWN_TO_WEBHOOK_INGEST_ONLY = noClasses()
      .that().resideOutsideOfPackage("dev.offshoot.ingest..")
      .should().dependOnClassesThat().resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule A_CLOUD_IS_KNOWN_TO_ITS_FOLDER_ONLY = noClasses()
      .that().resideOutsideOfPackage("dev.offshoot.provisioner.aws..")
      .should().dependOnClassesThat().resideInAPackage("software.amazon..");

  @ArchTest
  static final ArchRule WHAT_AN_ENVIRONMENT_IS_KNOWS_ONLY_THE_LANGUAGE = classes()
      .that().resideInAPackage("dev.offshoot.environment..")
      .should().onlyDependOnClassesThat().resideInAnyPackage(and("dev.offshoot.environment.."));

  @ArchTest
  static final ArchRule WHAT_CAN_BE_SAID_KNOWS_ONLY_WHAT_AN_ENVIRONMENT_IS = classes()
      .that().resideInAPackage("dev.offshoot.event..")
      .should().onlyDependOnClassesThat().resideInAnyPackage(and("dev.offshoot.event..", "dev.offshoot.environment.."));

  @ArchTest
  static final ArchRule CREDENTIALS_KNOW_ONLY_CONFIGURATION_AND_NAMES = classes()
      .that().resideInAPackage("dev.offshoot.credential..")
      .should().onlyDependOnClassesThat().resideInAnyPackage(
          and("javax.crypto..", "dev.offshoot.credential..", "dev.offshoot.config..", "dev.offshoot.environment.."));

  @ArchTest
  static final ArchRule WHAT_A_WORKER_IS_KNOWS_NO_RUNTIME = classes()
      .that().resideInAPackage("dev.offshoot.worker")
      .should().onlyDependOnClassesThat().resideInAnyPackage(
          and("dev.offshoot.worker", "dev.offshoot.event..", "dev.offshoot.environment.."));

  @ArchTest
  static final ArchRule THE_PARTS_THAT_TOUCH_THE_WORLD_KNOW_NO_TOPICS = noClasses()
      .that().resideInAnyPackage("dev.offshoot.git..", "dev.offshoot.blob..", "dev.offshoot.process..",
          "dev.offshoot.config..")
      .should().dependOnClassesThat().resideInAnyPackage("dev.offshoot.wire..", "dev.offshoot.worker.runtime..",
          "dev.offshoot.event..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("dev.offshoot.(**)").should().beFreeOfCycles()
      .ignoreDependency(resideInAPackage("dev.offshoot.cli.."), alwaysTrue())
      .because("only the root of the commands knows its subcommands and is known to them");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
      .should().haveNameMatching(".*[.$](Abstract[A-Z].*|.*(Util|Utils|Helper|Helpers|Manager|Impl|Base))")
      .because("such a name says nothing");

  private static String[] and(String... packages) {
    String[] all = new String[LANGUAGE.length + packages.length];
    System.arraycopy(LANGUAGE, 0, all, 0, LANGUAGE.length);
    System.arraycopy(packages, 0, all, LANGUAGE.length, packages.length);
    return all;
  }
}
