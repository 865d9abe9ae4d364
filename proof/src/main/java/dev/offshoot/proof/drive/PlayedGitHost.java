package dev.offshoot.proof.drive;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.offshoot.config.GitHostName;
import dev.offshoot.embedded.githost.PlayedGitHostApi;
import dev.offshoot.environment.Commit;
import dev.offshoot.proof.Webhooks;
import dev.offshoot.proof.check.Expectation;

/**
 * Moves refs and tells of it with GitHub's signed deliveries, each again and again until it is answered 202, as a host with
 * redelivery does.
 */
final class PlayedGitHost implements AutoCloseable {
  static final String FULL_NAME = "proof/shop";
  private static final String NONE = "0".repeat(40);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PlayedRepository repository;
  private final Webhooks webhooks;
  private final PlayedGitHostApi api;
  private final Map<String, Long> changes = new ConcurrentHashMap<>();
  private final Set<Expectation.Delivery> acknowledged = ConcurrentHashMap.newKeySet();

  PlayedGitHost(PlayedRepository repository, Webhooks webhooks, PlayedGitHostApi api) {
    this.repository = repository;
    this.webhooks = webhooks;
    this.api = api;
  }

  static PlayedGitHostApi api(String token) {
    return PlayedGitHostApi.start(GitHostName.GITHUB, FULL_NAME, token);
  }

  /** Whether the branch's newest change has one comment, and that says all this. */
  boolean tells(String branch, String... words) {
    List<PlayedGitHostApi.Said> comments = api.comments(changes.getOrDefault(branch, 0L));
    return comments.size() == 1 && Stream.of(words).allMatch(comments.getFirst().text()::contains);
  }

  /** Whether the commit's newest status is this one. */
  boolean shows(Commit commit, String state) {
    return api.statuses(commit.id()).stream().findFirst().filter(status -> status.state().equals(state)).isPresent();
  }

  PlayedRepository repository() {
    return repository;
  }

  /** What was answered 202. */
  Set<Expectation.Delivery> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  void push(String branch, Commit commit) {
    Optional<Commit> before = repository.tip(branch);
    repository.move(branch, commit);
    changes.computeIfAbsent(branch, api::open);
    deliver("push", push(branch, before, Optional.of(commit)));
  }

  void delete(String branch) {
    Optional<Commit> before = repository.tip(branch);
    repository.delete(branch);
    deliver("push", push(branch, before, Optional.empty()));
  }

  private static String push(String branch, Optional<Commit> before, Optional<Commit> after) {
    return """
        {"ref":"refs/heads/%s","before":"%s","after":"%s","created":%s,"deleted":%s,"forced":false,
         "repository":{"full_name":"%s","default_branch":"%s"},"pusher":{"name":"proof"}}"""
        .formatted(branch, before.map(Commit::id).orElse(NONE), after.map(Commit::id).orElse(NONE), before.isEmpty(), after.isEmpty(),
            FULL_NAME, PlayedRepository.DEFAULT_BRANCH);
  }

  /** Says that the branch's tip was merged by this commit. */
  void merged(String branch, Commit base, Commit merge) {
    String head = repository.tip(branch).map(Commit::id).orElseThrow();
    repository.move(PlayedRepository.DEFAULT_BRANCH, merge);
    api.merge(changes.getOrDefault(branch, 0L));
    deliver("pull_request", """
        {"action":"closed","number":1,"pull_request":{"number":1,"state":"closed","merged":true,"merge_commit_sha":"%s",
          "head":{"ref":"%s","sha":"%s","repo":{"full_name":"%s"}},"base":{"ref":"%s","sha":"%s","repo":{"full_name":"%s"}}},
         "repository":{"full_name":"%s","default_branch":"%s"},"sender":{"login":"proof"}}"""
        .formatted(merge.id(), branch, head, FULL_NAME, PlayedRepository.DEFAULT_BRANCH, base.id(), FULL_NAME, FULL_NAME,
            PlayedRepository.DEFAULT_BRANCH));
  }

  private void deliver(String event, String body) {
    String id = UUID.randomUUID().toString();
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (webhooks.send(event, id, body) != Webhooks.Answer.ACCEPTED) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("A delivery was not accepted for " + PATIENCE.toSeconds() + " s: " + body);
        }
        TimeUnit.MILLISECONDS.sleep(BEFORE_NEXT_TRY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while delivering", e);
    }
    acknowledged.add(new Expectation.Delivery(Ground.REPOSITORY.value(), id));
  }

  @Override
  public void close() {
    webhooks.close();
    repository.close();
    api.close();
  }
}
