package dev.offshoot.ingest;

import static dev.offshoot.ingest.HostDialog.Field.CONTENT_TYPE;
import static dev.offshoot.ingest.HostDialog.Field.EVENTS;
import static dev.offshoot.ingest.HostDialog.Field.OTHER;
import static dev.offshoot.ingest.HostDialog.Field.SECRET;
import static dev.offshoot.ingest.HostDialog.Field.URL;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.config.GitHostName;
import dev.offshoot.ingest.HostDialog.Event;

/** The dialogs of the hosts that have one, in their own words; what they deliver are the fixtures and captures of the other tests. */
final class HostDialogs {
  private static final String BRANCH = "refs/heads/feature/x";

  private HostDialogs() {}

  static HostDialog of(GitHostName host) {
    return switch (host) {
      case GITHUB -> github();
      case GITEA -> gitea();
      case GITLAB -> gitlab();
      case BITBUCKET_CLOUD -> bitbucketCloud();
      case BITBUCKET_DATA_CENTER -> bitbucketDataCenter();
      case AZURE_DEVOPS -> azureDevOps();
      case GENERIC -> throw new IllegalArgumentException("A generic host has no dialog");
    };
  }

  private static HostDialog github() {
    String name = "acme/shop";
    ObjectNode opened = GitHubPayloads.closed("feature/x", false).put("action", "opened");
    return new HostDialog(name,
        Map.of("Payload URL", URL, "Content type", CONTENT_TYPE, "Secret", SECRET, "SSL verification", OTHER, "Which events", EVENTS),
        Map.of("Pushes", github(name, "push", GitHubPayloads.push(BRANCH), GitHubPayloads.push(BRANCH).put("created", true),
                GitHubPayloads.push(BRANCH).put("deleted", true).put("after", GitHubPayloads.ZEROS)),
            "Pull requests", github(name, "pull_request", opened, GitHubPayloads.closed("feature/x", true),
                GitHubPayloads.closed("feature/x", false))),
        HostFixtures.GITHUB.signing());
  }

  private static List<Event> github(String repository, String event, ObjectNode... bodies) {
    return Stream.of(bodies).map(body -> new Event(event, body.toString().replace(GitHubPayloads.REPOSITORY, repository))).toList();
  }

  private static HostDialog gitea() {
    return new HostDialog("acme/shop",
        Map.of("Target URL", URL, "HTTP method, content type", CONTENT_TYPE, "Secret", SECRET, "Trigger on", EVENTS, "Branch filter", OTHER),
        Map.of("Push", gitea("04-push", "06-push"), "Delete", gitea("12-delete"),
            "Pull Request", gitea("05-pull_request", "10-pull_request", "16-pull_request"),
            "Pull Request Synchronized", gitea("07-pull_request"),
            "Pull Request Labeled", gitea("05-pull_request").stream()
                .map(event -> new Event(event.hint(), event.body().replace("\"opened\"", "\"label_updated\""))).toList()),
        Sender::giteaHeaders);
  }

  private static List<Event> gitea(String... captures) {
    return Stream.of(captures).map(Capture::gitea).map(capture -> new Event(
        Objects.requireNonNull(capture.headers().get("X-Gitea-Event")), capture.body().replace("spiker/shop", "acme/shop"))).toList();
  }

  private static HostDialog gitlab() {
    String name = "acme/web/shop";
    return new HostDialog(name, Map.of("URL", URL, "Secret token", SECRET, "Trigger", EVENTS, "SSL verification", OTHER),
        Map.of("Push events", gitlab(name, "Push Hook", "push", "push-created", "push-deleted"),
            "Merge request events",
            gitlab(name, "Merge Request Hook", "merge-request-opened", "merge-request-labelled", "merge-request-merged", "merge-request-closed")),
        HostFixtures.GITLAB.signing());
  }

  private static List<Event> gitlab(String repository, String hint, String... fixtures) {
    return events(HostFixtures.GITLAB, hint, fixtures).stream()
        .map(event -> new Event(hint, event.body().replace("acme/shop", repository))).toList();
  }

  private static HostDialog bitbucketCloud() {
    HostFixture fixture = HostFixtures.BITBUCKET_CLOUD;
    return new HostDialog("acme/shop", Map.of("URL", URL, "Secret", SECRET, "Status, SSL", OTHER, "Triggers", EVENTS),
        Map.of("Repository: Push", events(fixture, "repo:push", "push", "push-created", "push-deleted", "push-many"),
            "Pull request: Merged", events(fixture, "pullrequest:fulfilled", "pullrequest-fulfilled"),
            "Pull request: Declined", events(fixture, "pullrequest:rejected", "pullrequest-rejected")),
        fixture.signing());
  }

  private static HostDialog bitbucketDataCenter() {
    HostFixture fixture = HostFixtures.BITBUCKET_DATA_CENTER;
    String moved = fixture.body("pr-opened").put("eventKey", "pr:from_ref_updated").toString();
    return new HostDialog("ACME/shop", Map.of("URL", URL, "Secret", SECRET, "Authentication", OTHER, "Events", EVENTS),
        Map.of("Repository: Push", events(fixture, "repo:refs_changed", "refs-changed", "refs-changed-created", "refs-changed-deleted"),
            "Pull request: Opened", events(fixture, "pr:opened", "pr-opened"),
            "Pull request: Source branch updated", List.of(new Event("pr:from_ref_updated", moved)),
            "Pull request: Merged", events(fixture, "pr:merged", "pr-merged"),
            "Pull request: Declined", events(fixture, "pr:declined", "pr-declined"),
            "Pull request: Deleted", events(fixture, "pr:deleted", "pr-deleted")),
        fixture.signing());
  }

  private static HostDialog azureDevOps() {
    HostFixture fixture = HostFixtures.AZURE_DEVOPS;
    return new HostDialog("Acme Web/shop",
        Map.of("Trigger on this type of event", EVENTS, "URL", URL, "Basic authentication username", OTHER,
            "Basic authentication password", SECRET, "Resource details to send", OTHER, "Messages, detailed messages to send", OTHER,
            "Resource version", OTHER),
        Map.of("Code pushed", events(fixture, "", "push", "push-created", "push-deleted"),
            "Pull request created", events(fixture, "", "pullrequest-created"),
            "Pull request updated", events(fixture, "", "pullrequest-abandoned"),
            "Pull request merge attempted", events(fixture, "", "pullrequest-merged")),
        fixture.signing());
  }

  private static List<Event> events(HostFixture fixture, String hint, String... names) {
    return Stream.of(names).map(name -> new Event(hint, fixture.body(name).toString())).toList();
  }
}
