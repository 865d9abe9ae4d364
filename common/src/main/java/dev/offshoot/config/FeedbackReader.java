package dev.offshoot.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code feedback:} of a repository. */
final class FeedbackReader {
  private static final int TOKEN_LENGTH = 8;
  private static final String STAND_IN = "-";
  private static final URI NOWHERE = URI.create("https://localhost");
  private static final Pattern API =
      Pattern.compile("https?://([^\\s/?#@:\\[\\]{}%]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  /** What stands in a link of Markdown and does not end it. */
  private static final Pattern LINK = Pattern.compile("https?://[^\\s()<>\\[\\]{}`\"\\\\]+");
  private static final String HOLES = "\\{(report|environment|commit)}";

  private FeedbackReader() {}

  static FeedbackConfig read(Section feedback) {
    FeedbackConfig config = new FeedbackConfig(
        api(feedback),
        new FeedbackConfig.Login(feedback.optional("user"), feedback.secret("token", TOKEN_LENGTH)),
        new FeedbackConfig.Told(feedback.flag("comment", true), feedback.flag("status", true)),
        reportUrl(feedback));
    feedback.end();
    return config;
  }

  private static URI api(Section feedback) {
    String text = feedback.text("api", "https://api.github.com").replaceAll("/+$", "");
    if (text.equals(STAND_IN)) {
      return NOWHERE;
    }
    if (!API.matcher(text).matches()) {
      feedback.problem("api", "is not the address of an API; write for example https://api.github.com, without a login in it");
      return NOWHERE;
    }
    URI api = URI.create(text);
    if (api.getScheme().equals("http") && !THIS_MACHINE.contains(String.valueOf(api.getHost()))) {
      feedback.problem("api", "would send the token where anybody on the way can read it; write https://");
    }
    return api;
  }

  private static Optional<String> reportUrl(Section feedback) {
    Optional<String> template = feedback.optional("reportUrl");
    if (template.filter(text -> !LINK.matcher(text.replaceAll(HOLES, "x")).matches()).isPresent()) {
      feedback.problem("reportUrl", "is not a link; write for example https://offshoot.example.com/{report}.html, with"
          + " {report}, {environment} or {commit} where they belong");
    }
    return template;
  }
}
