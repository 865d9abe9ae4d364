package dev.offshoot.cli.view;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.ingest.Hook;

/**
 * A webhook as {@code hooks list} shows it.
 *
 * @param path where the git host must deliver to, below the address that webhook-ingest is reached at
 * @param secrets how many are active
 * @param events what to select at the git host, in its own words
 * @param page what to do there, step by step
 * @param address the path behind the address that webhook-ingest is reached at, where that is known
 */
public record HookView(String repository, String path, String host, String fullName, int secrets, List<String> events, String page,
    Optional<String> address) {
  public HookView {
    events = List.copyOf(events);
  }

  public static HookView of(RepositoryConfig repository) {
    String host = repository.host().key();
    return new HookView(repository.key().value(), Hook.of(repository, Clock.systemUTC()).path(), host, repository.fullName(),
        repository.secrets().size(), events(repository.host()), "docs/git-hosts/" + host + ".md", Optional.empty());
  }

  public HookView at(Optional<URI> known) {
    return new HookView(repository, path, host, fullName, secrets, events, page, known.map(URI::toString));
  }

  /** What our parsers understand of each host; the pages in docs/git-hosts say the same. */
  private static List<String> events(GitHostName host) {
    return switch (host) {
      case GITHUB -> List.of("Pushes", "Pull requests");
      case GITEA -> List.of("Push", "Delete", "Pull Request", "Pull Request Synchronized", "Pull Request Labeled");
      case GITLAB -> List.of("Push events", "Merge request events");
      case BITBUCKET_CLOUD -> List.of("Repository: Push", "Pull request: Merged", "Pull request: Declined");
      case BITBUCKET_DATA_CENTER -> List.of("Repository: Push", "Pull request: Opened", "Pull request: Source branch updated",
          "Pull request: Merged", "Pull request: Declined", "Pull request: Deleted");
      case AZURE_DEVOPS -> List.of("Code pushed", "Pull request created", "Pull request updated", "Pull request merge attempted");
      case GENERIC -> List.of("refs.changed", "change.updated", "change.merged", "change.closed");
    };
  }

  /** What the git host calls the field that the secret goes into. */
  public static String secretField(GitHostName host) {
    return switch (host) {
      case GITHUB, BITBUCKET_CLOUD, BITBUCKET_DATA_CENTER, GITEA -> "Secret";
      case GITLAB -> "Secret token";
      case AZURE_DEVOPS -> "Basic authentication password (the username may be anything)";
      case GENERIC -> "the key that your sender signs with";
    };
  }

  public static String table(List<HookView> views) {
    Table table = new Table("ADDRESS", "HOST", "REPOSITORY", "SECRETS", "EVENTS TO SELECT");
    views.forEach(view -> table.row(view.address().orElse(view.path()), view.host(), view.fullName(), String.valueOf(view.secrets()), String.join(", ", view.events())));
    return table.text();
  }
}
