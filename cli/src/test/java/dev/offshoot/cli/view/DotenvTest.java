package dev.offshoot.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotenvTest {

  @ParameterizedTest
  @ValueSource(strings = {
      "feature/new_cool_page",
      "'; touch pwned; echo '",
      "$(touch pwned)",
      "`touch pwned`",
      "${HOME}",
      "a b\tc",
      "\"quoted\" \\ back",
      "two\nlines",
      "''",
      "-n",
      "#no comment",
      "ünïcødé 🎉",
      ""})
  void aShellThatReadsItGetsTheValueAndRunsNothing(String branch) throws Exception {
    String script = new Dotenv(Map.of("BRANCH_NAME", branch)).text() + "\nprintf %s \"$BRANCH_NAME\"";

    assertThat(sh(script)).isEqualTo(branch);
  }

  @Test
  void everyVariableHasALineOfItsOwn() {
    assertThat(new Dotenv(new TreeMap<>(Map.of("A", "1", "B", "x y"))).text()).isEqualTo("A='1'\nB='x y'");
  }

  @Test
  void aNameThatIsNoNameIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Dotenv(Map.of("A; touch pwned #", "1")));
  }

  @Test
  void aNulIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Dotenv(Map.of("A", "x\0y"))).withMessageContaining("A");
  }

  @Test
  void passwordsAreNotSeenInItsToString() {
    assertThat(new Dotenv(Map.of("DATABASE_URL", "postgresql://u:canary@h/d"))).asString().doesNotContain("canary");
  }

  private static String sh(String script) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isZero();
    return output;
  }
}
