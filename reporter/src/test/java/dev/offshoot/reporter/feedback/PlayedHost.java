package dev.offshoot.reporter.feedback;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.FeedbackConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.embedded.githost.PlayedGitHostApi;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.reporter.feedback.host.GitHostApi;
import dev.offshoot.reporter.feedback.host.RestApi;
import dev.offshoot.reporter.feedback.host.RestLimits;

/** A played git host, and the client for it as a process has it that has just started. */
record PlayedHost(GitHostName name, PlayedGitHostApi played) implements AutoCloseable {
  static final RepositoryKey SHOP = new RepositoryKey("shop");
  static final String FULL_NAME = "acme/shop";
  static final String TOKEN = "canary-token-of-the-bot";
  static final RestLimits PATIENT = new RestLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ZERO, 16L << 20);

  static PlayedHost start(GitHostName name) {
    return new PlayedHost(name, PlayedGitHostApi.start(name, FULL_NAME, TOKEN));
  }

  GitHostApi client() {
    return client(TOKEN, PATIENT);
  }

  GitHostApi client(String token, RestLimits limits) {
    return client(repository(played.api(), token), limits);
  }

  static GitHostApi client(RepositoryConfig repository, RestLimits limits) {
    HttpClient http = RestApi.client(limits);
    return new GitHosts(http, limits).of(repository).orElseThrow();
  }

  RepositoryConfig repository(URI api, String token) {
    return new RepositoryConfig(SHOP, name, FULL_NAME, "https://git.example.com/acme/shop.git", "main",
        List.of(new Secret("not-needed-here-at-all")), RepositoryConfig.Creation.ON_PUSH, "db/migration",
        new StagingConfig("shop_staging", Optional.empty()))
        .with(new FeedbackConfig(api, new FeedbackConfig.Login(Optional.empty(), new Secret(token)),
            new FeedbackConfig.Told(true, true), Optional.of("https://reports.example.com/{report}.html")));
  }

  Teller teller() {
    return new Teller(client(), new FeedbackConfig.Told(true, true));
  }

  @Override
  public void close() {
    played.close();
  }
}
