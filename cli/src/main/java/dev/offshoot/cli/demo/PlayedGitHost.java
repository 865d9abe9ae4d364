package dev.offshoot.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Plays the git host for the demo's repository: sends GitHub's webhooks, signed, over HTTP. The bare repository's
 * {@code post-receive} hook runs it for every push by anyone: {@code PlayedGitHost FILE}, with git's lines {@code old
 * new ref} on its
 * standard input. It uses nothing but the JDK, so that the hook needs only this one class on its class path.
 *
 * <p>The file holds {@code url} (of the webhook), {@code secret} and {@code repository} (owner/name).
 */
public final class PlayedGitHost {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final URI url;
  private final String secret;
  private final String repository;

  private PlayedGitHost(Properties properties) {
    this.url = URI.create(properties.getProperty("url"));
    this.secret = properties.getProperty("secret");
    this.repository = properties.getProperty("repository");
  }

  static PlayedGitHost configured(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new PlayedGitHost(properties);
  }

  /**
   * What the hook runs. A delivery that is refused is said to whoever pushes; the push itself has succeeded already.
   */
  public static void main(String[] arguments) throws Exception {
    PlayedGitHost host = configured(Path.of(arguments[0]));
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = lines.readLine()) != null) {
      String[] update = line.split(" ", 3);
      int status = host.deliver("push", host.push(update[0], update[1], update[2]));
      System.out.println("webhook for " + update[2].replaceAll("\\p{Cntrl}", "?") + ": " + answer(status));
    }
  }

  private static String answer(int status) {
    return switch (status) {
      case 202 -> "accepted (202)";
      case 0 -> "nobody answered; is Offshoot running? A later push makes up for it";
      default -> "answered " + status;
    };
  }

  private String push(String before, String after, String ref) throws IOException, InterruptedException {
    boolean created = isNone(before);
    boolean deleted = isNone(after);
    boolean forced = !created && !deleted && !isAncestor(before, after);
    return "{\"ref\":" + quoted(ref)
        + ",\"before\":" + quoted(before)
        + ",\"after\":" + quoted(after)
        + ",\"created\":" + created + ",\"deleted\":" + deleted + ",\"forced\":" + forced
        + ",\"repository\":{\"full_name\":" + quoted(repository) + ",\"default_branch\":\"main\"}"
        + ",\"pusher\":{\"name\":" + quoted(System.getProperty("user.name", "unknown")) + "}}";
  }

  /** Says that a change was merged, as the host's own merge button would. */
  int merged(Merge merge) throws IOException, InterruptedException {
    return deliver("pull_request", "{\"action\":\"closed\",\"number\":" + merge.number()
        + ",\"pull_request\":{\"number\":" + merge.number() + ",\"state\":\"closed\",\"merged\":true"
        + ",\"merge_commit_sha\":" + quoted(merge.commit())
        + ",\"head\":{\"ref\":" + quoted(merge.branch()) + ",\"sha\":" + quoted(merge.head())
        + ",\"repo\":{\"full_name\":" + quoted(repository) + "}}"
        + ",\"base\":{\"ref\":\"main\",\"sha\":" + quoted(merge.base())
        + ",\"repo\":{\"full_name\":" + quoted(repository) + "}}}"
        + ",\"repository\":{\"full_name\":" + quoted(repository) + ",\"default_branch\":\"main\"}"
        + ",\"sender\":{\"login\":\"demo\"}}");
  }

  /**
   * A merge into main.
   *
   * @param head the branch's commit
   * @param base the commit of main before
   * @param commit the merge commit
   */
  record Merge(int number, String branch, String head, String base, String commit) {}

  /** Sends one delivery; returns the status of the answer, 0 when there was none. */
  private int deliver(String event, String body) throws InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest request = HttpRequest.newBuilder(url)
        .timeout(ANSWER)
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", event)
        .header("X-GitHub-Delivery", UUID.randomUUID().toString())
        .header("X-Hub-Signature-256", "sha256=" + signature(bytes))
        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
        .build();
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(ANSWER).version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
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

  private static boolean isNone(String commit) {
    return commit.matches("0+");
  }

  /** Run in the bare repository, as the hook is. */
  private static boolean isAncestor(String older, String newer) throws IOException, InterruptedException {
    return new ProcessBuilder("git", "merge-base", "--is-ancestor", older, newer)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start()
            .waitFor() == 0;
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> {
      if (c == '"' || c == '\\' || c < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", c));
      } else {
        json.append((char) c);
      }
    });
    return json.append('"').toString();
  }
}
