package dev.offshoot.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.offshoot.cli.demo.Shop;

/** What GitHub sends for a push. */
record SignedPush(String body, String signature) {

  /** Of the developer's HEAD, to this branch. */
  static SignedPush of(Shop shop, String branch) throws IOException, InterruptedException, GeneralSecurityException {
    String body = """
        {"ref":"refs/heads/%s","before":"%s","after":"%s","created":true,"deleted":false,"forced":false,
         "repository":{"full_name":"%s","default_branch":"main"},"pusher":{"name":"bench"}}"""
        .formatted(branch, "0".repeat(40), shop.developer().run("rev-parse", "HEAD"), Shop.FULL_NAME);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(shop.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return new SignedPush(body, "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8))));
  }

  void deliver(String webhook) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(webhook))
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", "push")
        .header("X-GitHub-Delivery", UUID.randomUUID().toString())
        .header("X-Hub-Signature-256", signature)
        .POST(HttpRequest.BodyPublishers.ofString(body)).build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 202) {
        throw new IOException("The delivery was answered " + answer.statusCode() + ": " + answer.body());
      }
    }
  }
}
