package dev.offshoot.proof.drive;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.offshoot.environment.Commit;
import dev.offshoot.proof.check.Expectation;

/**
 * Moves refs and tells of it with GitHub's signed deliveries, each again and again until it is answered 202, as a host with
 * redelivery does.
 */
final class PlayedGitHost implements AutoCloseable {
  static final String FULL_NAME = "proof/shop";
  private static final String NONE = "0".repeat(40);
  private static final Duration ANSWER = Duration.ofSeconds(8);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ACCEPTED = 202;

  private final PlayedRepository repository;
  private final URI hook;
  private final String secret;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<Expectation.Delivery> acknowledged = ConcurrentHashMap.newKeySet();

  PlayedGitHost(PlayedRepository repository, URI hook, String secret) {
    this.repository = repository;
    this.hook = hook;
    this.secret = secret;
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
    int answer = send(event, id, body);
    while (answer != ACCEPTED) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("A delivery was not accepted; the last answer was " + answer + " to " + body);
      }
      LockSupport.parkNanos(BEFORE_NEXT_TRY.toNanos());
      answer = send(event, id, body);
    }
    acknowledged.add(new Expectation.Delivery(Ground.REPOSITORY.value(), id));
  }

  /** The status of the answer; 0 when there is none. */
  private int send(String event, String id, String body) {
    HttpRequest request = HttpRequest.newBuilder(hook).timeout(ANSWER)
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", event)
        .header("X-GitHub-Delivery", id)
        .header("X-Hub-Signature-256", "sha256=" + signature(body))
        .POST(HttpRequest.BodyPublishers.ofString(body)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while delivering", e);
    }
  }

  private String signature(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public void close() {
    client.close();
    repository.close();
  }
}
