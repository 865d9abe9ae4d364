package dev.offshoot.ingest;

import java.util.Locale;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.ingest.delivery.GitHost;
import dev.offshoot.ingest.gitea.Gitea;
import dev.offshoot.ingest.github.GitHub;

/** A configured webhook. */
record Hook(RepositoryConfig repository, GitHost host) {

  /** A further git host is one more package and one more line here. */
  static Hook of(RepositoryConfig repository) {
    return new Hook(repository, switch (repository.host()) {
      case GITHUB -> new GitHub();
      case GITEA -> new Gitea();
      case GITLAB, BITBUCKET_CLOUD, BITBUCKET_DATA_CENTER, AZURE_DEVOPS, GENERIC -> throw new IllegalStateException(
          "repositories." + repository.key() + ".host: deliveries of " + repository.host() + " are not understood yet");
    });
  }

  /** The {@code host} label of the metrics. */
  String label() {
    return repository.host().name().toLowerCase(Locale.ROOT);
  }
}
