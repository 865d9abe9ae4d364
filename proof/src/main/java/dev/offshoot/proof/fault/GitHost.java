package dev.offshoot.proof.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.offshoot.proof.check.Expectation.Delivery;
import dev.offshoot.proof.fault.ShopRepository.Push;

/** Sends GitHub's deliveries, signed, and notes which were acknowledged. */
final class GitHost {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int ACCEPTED = 202;

  private final URI url;
  private final String secret;
  private final Set<Delivery> acknowledged = ConcurrentHashMap.newKeySet();

  GitHost(URI url, String secret) {
    this.url = url;
    this.secret = secret;
  }

  Set<Delivery> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  /** A delivery that can be sent any number of times. */
  record Letter(String id, String event, String body) {}

  static Letter letter(Push push) {
    return new Letter(UUID.randomUUID().toString(), "push", """
        {"ref":"%s","before":"%s","after":"%s","created":%s,"deleted":%s,"forced":false,
         "repository":{"full_name":"proof/shop","default_branch":"main"},"pusher":{"name":"proof"}}
        """.formatted(push.ref(), push.before(), push.after(), push.before().equals(Push.NONE), push.isDelete()));
  }

  /** Sends until it is acknowledged, as a patient git host would. */
  void tell(Push push) throws InterruptedException {
    Letter letter = letter(push);
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!send(letter)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("No delivery was acknowledged for two minutes");
      }
      Thread.sleep(200);
    }
  }

  /** Whether it was acknowledged. */
  boolean send(Letter letter) throws InterruptedException {
    byte[] body = letter.body().getBytes(StandardCharsets.UTF_8);
    HttpRequest request = HttpRequest.newBuilder(url).timeout(ANSWER)
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", letter.event())
        .header("X-GitHub-Delivery", letter.id())
        .header("X-Hub-Signature-256", "sha256=" + signature(body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).version(HttpClient.Version.HTTP_1_1).build()) {
      boolean accepted = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == ACCEPTED;
      if (accepted) {
        acknowledged.add(new Delivery(ShopRepository.KEY, letter.id()));
      }
      return accepted;
    } catch (IOException nobodyAnswered) {
      return false;
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
}
