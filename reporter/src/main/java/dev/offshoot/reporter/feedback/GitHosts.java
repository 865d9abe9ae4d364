package dev.offshoot.reporter.feedback;

import java.net.http.HttpClient;
import java.util.Optional;

import dev.offshoot.config.FeedbackConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.reporter.feedback.azure.AzureDevOpsApi;
import dev.offshoot.reporter.feedback.bitbucketcloud.BitbucketCloudApi;
import dev.offshoot.reporter.feedback.bitbucketdc.BitbucketDataCenterApi;
import dev.offshoot.reporter.feedback.gitea.GiteaApi;
import dev.offshoot.reporter.feedback.github.GitHubApi;
import dev.offshoot.reporter.feedback.gitlab.GitLabApi;
import dev.offshoot.reporter.feedback.host.Authorization;
import dev.offshoot.reporter.feedback.host.GitHostApi;
import dev.offshoot.reporter.feedback.host.RestApi;
import dev.offshoot.reporter.feedback.host.RestLimits;

/**
 * The git hosts that can be told something, one line each.
 *
 * @param client for all of them
 */
record GitHosts(HttpClient client, RestLimits limits) {

  /** Empty for a host that has no API, and for a repository of which nothing is to be told. */
  Optional<GitHostApi> of(RepositoryConfig repository) {
    return repository.feedback().flatMap(config -> host(repository.host(), repository.fullName(), config));
  }

  private Optional<GitHostApi> host(GitHostName host, String fullName, FeedbackConfig config) {
    FeedbackConfig.Login login = config.login();
    RestApi.Caller bearer = RestApi.Caller.of(Authorization.bearer(login));
    return switch (host) {
      case GITHUB -> Optional.of(new GitHubApi(
          api(config, new RestApi.Caller(Authorization.bearer(login), "application/vnd.github+json")), fullName));
      case GITEA -> Optional.of(new GiteaApi(api(config, RestApi.Caller.of(Authorization.token(login))), fullName));
      case GITLAB -> Optional.of(new GitLabApi(api(config, bearer), fullName));
      case BITBUCKET_CLOUD -> Optional.of(new BitbucketCloudApi(api(config, bearer), fullName));
      case BITBUCKET_DATA_CENTER ->
          Optional.of(new BitbucketDataCenterApi(api(config, bearer), config.api().toString(), fullName));
      case AZURE_DEVOPS -> Optional.of(new AzureDevOpsApi(api(config, RestApi.Caller.of(Authorization.basic(login))), fullName));
      case GENERIC -> Optional.empty();
    };
  }

  private RestApi api(FeedbackConfig config, RestApi.Caller caller) {
    return new RestApi(client, config.api(), caller, limits);
  }
}
