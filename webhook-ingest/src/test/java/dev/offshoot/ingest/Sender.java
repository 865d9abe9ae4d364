package dev.offshoot.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.offshoot.config.Secret;

/** Delivers as a git host does. */
final class Sender implements AutoCloseable {
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  Sender(int port) {
    this.port = port;
  }

  /** An answer: always a JSON object. */
  record Reply(int code, JsonNode json, HttpResponse<String> response) {
    String status() {
      return json.path("status").asText();
    }

    String reason() {
      return json.path("reason").asText();
    }
  }

  Reply get(String path) {
    return reply(client, HttpRequest.newBuilder(uri(path)).build());
  }

  String text(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
  }

  /** An event of GitHub, signed. */
  Reply github(String event, String id, String body) {
    return post("/webhooks/" + TestConfig.GITHUB,
        githubHeaders(event, id, body.getBytes(StandardCharsets.UTF_8), TestConfig.SECRET),
        BodyPublishers.ofString(body));
  }

  Reply post(String path, Map<String, String> headers, BodyPublisher body) {
    return reply(client, request(path, headers, body));
  }

  CompletableFuture<Integer> postLater(String path, Map<String, String> headers, BodyPublisher body) {
    return client.sendAsync(request(path, headers, body), BodyHandlers.ofString()).thenApply(HttpResponse::statusCode);
  }

  static Map<String, String> githubHeaders(String event, String id, byte[] body, Secret secret) {
    return Map.of("Content-Type", "application/json", "X-GitHub-Event", event, "X-GitHub-Delivery", id,
        "X-Hub-Signature-256", "sha256=" + hmac(body, secret));
  }

  static Map<String, String> giteaHeaders(String event, byte[] body) {
    return Map.of("Content-Type", "application/json", "X-Gitea-Event", event, "X-Gitea-Delivery", "1",
        "X-Gitea-Signature", hmac(body, TestConfig.SECRET));
  }

  static String hmac(byte[] body, Secret secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(String path, Map<String, String> headers, BodyPublisher body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).POST(body);
    headers.forEach(request::header);
    return request.build();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static Reply reply(HttpClient client, HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Reply(response.statusCode(), new JsonMapper().readTree(response.body()), response);
    } catch (IOException e) {
      throw new IllegalStateException("No answer to " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
