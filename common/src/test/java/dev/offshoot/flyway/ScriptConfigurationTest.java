package dev.offshoot.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptConfigurationTest {
  private static Optional<String> heeded(String text) {
    return ScriptConfiguration.read(text).flatMap(ScriptConfiguration::heeded);
  }

  @Test
  void onlyWhetherItRunsInATransactionIsHeeded() {
    assertThat(heeded("# slow\nexecuteInTransaction = false\nshouldExecute=false\nencoding=ISO-8859-1\nx=executeInTransaction=true"))
        .contains("executeInTransaction=false\n");
    assertThat(heeded("flyway.executeInTransaction=true")).contains("executeInTransaction=true\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "shouldExecute=false", "executeInTransaction=", "executeInTransaction=no", "executeInTransaction=false true",
      "executeInTransaction=false\\nshouldExecute=false", "executeInTransaction=\\u00", "\u0000"})
  void whatIsNeitherTrueNorFalseIsNotHeeded(String text) {
    assertThat(heeded(text)).isEmpty();
  }
}
