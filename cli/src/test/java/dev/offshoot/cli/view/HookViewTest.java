package dev.offshoot.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.environment.RepositoryKey;

class HookViewTest {
  @ParameterizedTest
  @EnumSource(GitHostName.class)
  void theEventsToSelectAreThoseOfTheGitHostsPage(GitHostName host) throws Exception {
    HookView view = HookView.of(new RepositoryConfig(new RepositoryKey("shop"), host, "acme/shop", "file:///none", "main",
        List.of(new Secret("sixteen characters")), RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig("staging", Optional.empty())));
    String page = Files.readString(Path.of("..").resolve(view.page()));

    assertThat(view.path()).isEqualTo("/webhooks/shop");
    assertThat(view.events()).isNotEmpty().allSatisfy(event -> assertThat(page).contains(event));
  }
}
