package dev.offshoot.ingest;

import java.time.Clock;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.ingest.azure.AzureDevOps;
import dev.offshoot.ingest.bitbucket.BitbucketCloud;
import dev.offshoot.ingest.bitbucket.BitbucketDataCenter;
import dev.offshoot.ingest.delivery.GitHost;
import dev.offshoot.ingest.delivery.StandardWebhooks;
import dev.offshoot.ingest.generic.SignedJson;
import dev.offshoot.ingest.gitea.Gitea;
import dev.offshoot.ingest.github.GitHub;
import dev.offshoot.ingest.gitlab.GitLab;

/**
 * A configured webhook.
 *
 * @param host how the git host speaks
 */
public record Hook(RepositoryConfig repository, GitHost host) {

  /**
   * The webhook of a repository. A further git host is one more package and one more line here.
   *
   * @param clock what signatures over a time are judged by
   */
  public static Hook of(RepositoryConfig repository, Clock clock) {
    return new Hook(repository, switch (repository.host()) {
      case GITHUB -> new GitHub();
      case GITEA -> new Gitea();
      case GITLAB -> new GitLab(new StandardWebhooks(clock));
      case BITBUCKET_CLOUD -> new BitbucketCloud();
      case BITBUCKET_DATA_CENTER -> new BitbucketDataCenter();
      case AZURE_DEVOPS -> new AzureDevOps();
      case GENERIC -> new SignedJson(new StandardWebhooks(clock));
    });
  }

  /** Where the git host delivers to. */
  public String path() {
    return "/webhooks/" + repository.key();
  }

  /** The {@code host} label of the metrics. */
  String label() {
    return repository.host().key();
  }
}
