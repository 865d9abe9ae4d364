package dev.offshoot.reporter.feedback.host;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.offshoot.config.FeedbackConfig;
import dev.offshoot.config.Secret;

/** What is sent as the header {@code Authorization}; never seen. */
public record Authorization(Secret header) {

  /** The user and the token where there is a user; else what the host wants of a token alone. */
  static Authorization of(FeedbackConfig.Login login, String scheme) {
    return login.user().map(user -> basic(user, login.token()))
        .orElseGet(() -> new Authorization(new Secret(scheme + " " + login.token().reveal())));
  }

  /** As RFC 6750 has it. */
  public static Authorization bearer(FeedbackConfig.Login login) {
    return of(login, "Bearer");
  }

  /** As Gitea has it. */
  public static Authorization token(FeedbackConfig.Login login) {
    return of(login, "token");
  }

  /** With any user, or none. */
  public static Authorization basic(FeedbackConfig.Login login) {
    return basic(login.user().orElse(""), login.token());
  }

  private static Authorization basic(String user, Secret token) {
    byte[] pair = (user + ":" + token.reveal()).getBytes(StandardCharsets.UTF_8);
    return new Authorization(new Secret("Basic " + Base64.getEncoder().encodeToString(pair)));
  }
}
