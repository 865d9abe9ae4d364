package dev.offshoot.cli.demo;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.GitHostName;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.githost.PlayedGitHostApi;
import dev.offshoot.embedded.githost.PlayedGitHostApi.Said;

/** The branch's pull request at the played git host, and what Offshoot tells there over GitHub's API. */
final class ShopChange implements AutoCloseable {
  static final long NUMBER = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PlayedGitHostApi api;

  private ShopChange(PlayedGitHostApi api) {
    this.api = api;
  }

  static ShopChange start(Screen screen, String token) {
    PlayedGitHostApi api = PlayedGitHostApi.start(GitHostName.GITHUB, Shop.FULL_NAME, token);
    api.onComment(said -> screen.detail("comment on pull request #" + said.change() + ": " + heading(said)));
    return new ShopChange(api);
  }

  URI api() {
    return api.api();
  }

  void open() {
    api.open(Shop.BRANCH);
  }

  void merge() {
    api.merge(NUMBER);
  }

  /** Waits until one comment is there and says all this. */
  Check says(String fact, String... words) {
    Said comment = Eventually.await(fact, PATIENCE, () -> api.comments(NUMBER),
        all -> all.size() == 1 && List.of(words).stream().allMatch(all.getFirst().text()::contains)).getFirst();
    return new Check(fact, true, heading(comment));
  }

  private static String heading(Said said) {
    return Harmless.line(said.text().lines().filter(line -> line.startsWith("#")).findFirst().orElse("")
        .replaceAll("[#`]+", "").replaceAll(" +", " ").replace(" :", ":").strip());
  }

  @Override
  public void close() {
    api.close();
  }
}
