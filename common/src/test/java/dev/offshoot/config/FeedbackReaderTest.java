package dev.offshoot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackReaderTest {

  @Test
  void bothCommentAndStatusAreToldUnlessOneIsTurnedOff() {
    assertThat(read("{api: 'https://api.github.com/', token: '${TOKEN}'}", List.of())).isEqualTo(new FeedbackConfig(
        URI.create("https://api.github.com"), new FeedbackConfig.Login(Optional.empty(), new Secret("canary-token")),
        new FeedbackConfig.Told(true, true), Optional.empty()));
    assertThat(read("{api: 'https://api.github.com', token: '${TOKEN}', comment: false, user: bot}", List.of()))
        .extracting(FeedbackConfig::told, config -> config.login().user())
        .containsExactly(new FeedbackConfig.Told(false, true), Optional.of("bot"));
  }

  @Test
  void aTokenGoesInTheOpenOnThisMachineOnly() {
    read("{api: 'http://127.0.0.1:3000/api/v1', token: '${TOKEN}'}", List.of());
    read("{api: 'http://[::1]:3000', token: '${TOKEN}'}", List.of());
    read("{api: 'http://git.example.com/api/v1', token: '${TOKEN}'}", List.of("feedback.api"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://git.example.com", "https://bot:token@git.example.com", "https://", "https://git.example.com/?a=b",
      "https://git.example.com/#x", "https://git.example.com/%2e", "git.example.com"})
  void whatIsNotThePlainAddressOfAnApiIsRefused(String api) {
    read("{api: '" + api + "', token: '${TOKEN}'}", List.of("feedback.api"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "https://reports.example.com/{secret}", "https://reports.example.com/x) [y](z",
      "/reports/{report}"})
  void aReportUrlThatIsNoLinkIsRefused(String url) {
    read("{api: 'https://api.github.com', token: '${TOKEN}', reportUrl: '" + url + "'}", List.of("feedback.reportUrl"));
  }

  @Test
  void whatIsMissingOrMeansNothingIsNamed() {
    read("{comment: sometimes, colour: red}", List.of("feedback.api", "feedback.token", "feedback.comment", "feedback.colour"));
  }

  private static FeedbackConfig read(String yaml, List<String> wrong) {
    Reading reading = new Reading(new ConfigSources(Map.of("TOKEN", "canary-token"), Path.of("/"), Map.of()));
    FeedbackConfig config =
        FeedbackReader.read(Section.root(YamlTree.parse("feedback: " + yaml), reading).section("feedback"));
    assertThat(reading.problems()).extracting(ConfigProblem::key).containsExactlyInAnyOrderElementsOf(wrong);
    assertThat(reading.problems().toString()).doesNotContain("canary");
    return config;
  }
}
