package dev.offshoot.config;

import static dev.offshoot.config.SampleFile.ENVIRONMENT;
import static dev.offshoot.config.SampleFile.FOLDER;
import static dev.offshoot.config.SampleFile.MINIMAL;
import static dev.offshoot.config.SampleFile.assertOnlyProblem;
import static dev.offshoot.config.SampleFile.parse;
import static dev.offshoot.config.SampleFile.problems;
import static dev.offshoot.config.SampleFile.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

/** Variables and secrets, which do not stand in the file. */
class ValuesFromOutsideTest {
  @Test
  void anUnsetVariableIsNamed() {
    assertOnlyProblem(with("${PG_PASSWORD}", "${OTHER}"), "stores.postgres.password", "OTHER", "not set");
  }

  @Test
  void aVariableMayHaveADefaultAndADollarMayStandForItself() {
    OffshootConfig config = parse(MINIMAL + """
        services:
          MAIL_URL: smtp://${MAIL_HOST:-mail}:25
          PATTERN: $${x}
        """);

    assertThat(config.services()).containsOnly(Map.entry("MAIL_URL", "smtp://mail:25"), Map.entry("PATTERN", "${x}"));
  }

  @Test
  void aBrokenVariableIsAnError() {
    assertOnlyProblem(MINIMAL + "services:\n  MAIL_URL: ${not a name}", "services.MAIL_URL", "${NAME}");
  }

  @Test
  void aShortMasterKeyIsRefusedWithoutShowingIt() {
    assertOnlyProblem(with("${MASTER_KEY}", "hunter2"), "credentials.masterKey", "fewer than 32");
    assertThat(problems(with("${MASTER_KEY}", "hunter2")).toString()).doesNotContain("hunter2");
  }

  @Test
  void aSecretWrittenInTheFileIsAcceptedWithAWarning() {
    String yaml = with("${PG_PASSWORD}", "written-here");

    ConfigFile.Checked checked = ConfigFile.check(yaml, new ConfigSources(ENVIRONMENT, FOLDER, Map.of()));

    assertThat(checked.config().stores().postgres().password()).isEqualTo(new Secret("written-here"));
    assertThat(checked.warnings()).extracting(ConfigProblem::key).containsExactly("stores.postgres.password");
  }

  @Test
  void valuesGivenFromOutsideFillWhatTheFileLeavesOut() {
    ConfigSources sources = new ConfigSources(ENVIRONMENT, FOLDER, Map.of("stores.postgres.host", "given",
        "kafka.bootstrapServers", "given"));

    OffshootConfig config = ConfigFile.check(with("    host: db\n", ""), sources).config();

    assertThat(config.stores().postgres().host()).isEqualTo("given");
    assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka:9092");
  }
}
