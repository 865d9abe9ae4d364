package dev.offshoot.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.offshoot.wire.Json;

/** Sends deliveries as GitHub does, signed with the webhook's secret. */
public final class Webhooks implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int ACCEPTED = 202;

  private final URI url;
  private final String secret;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).version(HttpClient.Version.HTTP_1_1).build();

  public Webhooks(URI url, String secret) {
    this.url = url;
    this.secret = secret;
  }

  /** What became of a delivery. */
  public enum Answer {
    /** It must be on the topic. */
    ACCEPTED,
    /** It was heard, and leads to nothing: of a default branch, say. */
    IGNORED,
    /** It was refused, or nobody answered. */
    NONE
  }

  public Answer send(String event, String id, String body) throws InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest request = HttpRequest.newBuilder(url).timeout(ANSWER)
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", event)
        .header("X-GitHub-Delivery", id)
        .header("X-Hub-Signature-256", "sha256=" + signature(bytes))
        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != ACCEPTED) {
        return Answer.NONE;
      }
      return Json.mapper().readTree(response.body()).path("status").asText().equals("ignored") ? Answer.IGNORED : Answer.ACCEPTED;
    } catch (IOException nobodyAnswered) {
      return Answer.NONE;
    }
  }

  private String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
