package dev.offshoot.bench.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.ingest.delivery.HubSignature;

/** Pushes as GitHub sends them, 7 KB each, as bytes of an HTTP request; they differ by branch and by the delivery's id. */
final class Deliveries {
  private static final int BODY_BYTES = 7_000;
  /** What GitHub tells of the repository with each push, most of it addresses. */
  private static final int REPOSITORY_BYTES = 5_000;
  private static final int BRANCHES = 1_000;

  private final String path;
  private final RepositoryConfig repository;
  private final byte[][] bodies = new byte[BRANCHES][];
  private final String[] signatures = new String[BRANCHES];

  Deliveries(String path, RepositoryConfig repository) {
    this.path = path;
    this.repository = repository;
    Secret secret = repository.secrets().getFirst();
    for (int i = 0; i < BRANCHES; i++) {
      bodies[i] = body("feature/bench-" + i).getBytes(StandardCharsets.UTF_8);
      signatures[i] = HubSignature.of(bodies[i], secret);
    }
  }

  /** The request with this number. */
  byte[] request(long number) {
    int branch = Math.toIntExact(number % BRANCHES);
    Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/json", "X-GitHub-Event", "push",
        "X-GitHub-Delivery", "bench-" + number, "X-Hub-Signature-256", signatures[branch]));
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + bodies[branch].length + "\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + bodies[branch].length + 2);
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(bodies[branch]);
    return all.toByteArray();
  }

  private String body(String branch) {
    StringBuilder body = new StringBuilder("{\"ref\":\"refs/heads/" + branch + "\",\"before\":\"" + "1".repeat(40) + "\",\"after\":\"" + "2".repeat(40)
        + "\",\"created\":false,\"deleted\":false,\"forced\":false,\"pusher\":{\"name\":\"kim\",\"email\":\"kim@example.test\"},"
        + "\"repository\":{\"id\":5,\"full_name\":\"" + repository.fullName() + "\",\"default_branch\":\"main\"");
    for (int i = 0; body.length() < REPOSITORY_BYTES; i++) {
      body.append(",\"part").append(i).append("_url\":\"https://git.example.test/repos/").append(repository.fullName()).append("/part")
          .append(i).append("{/sha}\"");
    }
    body.append("},\"commits\":[");
    StringBuilder commits = new StringBuilder();
    String commit = "{\"id\":\"" + "2".repeat(40) + "\",\"message\":\"Add a column\",\"timestamp\":\"2026-11-21T12:00:00Z\",\"added\":[\"a.sql\"]}";
    while (body.length() + commits.length() + commit.length() < BODY_BYTES) {
      commits.append(commits.isEmpty() ? "" : ",").append(commit);
    }
    return body.append(commits).append("]}").toString();
  }
}
