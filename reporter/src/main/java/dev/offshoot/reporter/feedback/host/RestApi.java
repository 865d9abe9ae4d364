package dev.offshoot.reporter.feedback.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.offshoot.wire.Json;
import dev.offshoot.worker.Failure;

/**
 * A REST API that speaks JSON, called with one account's token.
 *
 * <p>Promises: no call takes longer than the limits say; an answer is read up to the limit; the token goes to the configured base and
 * nowhere else, since no redirect is followed; a host that did not answer, or wants to be left alone, is left alone by all lanes.
 */
public final class RestApi {
  private final HttpClient client;
  private final URI base;
  private final Caller caller;
  private final RestLimits limits;
  private final Rest rest = new Rest();

  /**
   * Who calls.
   *
   * @param accept the kind of answer wanted
   */
  public record Caller(Authorization authorization, String accept) {
    public static Caller of(Authorization authorization) {
      return new Caller(authorization, "application/json");
    }
  }

  /** @param client follows no redirect, see {@link #client} */
  public RestApi(HttpClient client, URI base, Caller caller, RestLimits limits) {
    this.client = client;
    this.base = base;
    this.caller = caller;
    this.limits = limits;
  }

  /** One for all hosts. */
  public static HttpClient client(RestLimits limits) {
    return HttpClient.newBuilder().connectTimeout(limits.connect()).followRedirects(HttpClient.Redirect.NEVER).build();
  }

  public Answer get(ApiPath path) throws InterruptedException {
    return send("GET", path, Optional.empty());
  }

  public Answer post(ApiPath path, JsonNode body) throws InterruptedException {
    return send("POST", path, Optional.of(body));
  }

  public Answer put(ApiPath path, JsonNode body) throws InterruptedException {
    return send("PUT", path, Optional.of(body));
  }

  public Answer patch(ApiPath path, JsonNode body) throws InterruptedException {
    return send("PATCH", path, Optional.of(body));
  }

  /** The text of an answer that is not JSON. */
  public String text(ApiPath path) throws InterruptedException {
    HttpResponse<byte[]> response = exchange("GET", path, Optional.empty());
    Refusal.check(new Answer(response.statusCode(), response.headers(), MissingNode.getInstance()), path, rest);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private Answer send(String method, ApiPath path, Optional<JsonNode> body) throws InterruptedException {
    HttpResponse<byte[]> response = exchange(method, path, body);
    boolean isRead = response.statusCode() < 300 && response.statusCode() != Refusal.LOG_IN;
    Answer answer = new Answer(response.statusCode(), response.headers(), isRead ? json(response.body(), path) : MissingNode.getInstance());
    Refusal.check(answer, path, rest);
    return answer;
  }

  private HttpResponse<byte[]> exchange(String method, ApiPath path, Optional<JsonNode> body) throws InterruptedException {
    rest.check();
    HttpRequest.Builder request = HttpRequest.newBuilder(path.below(base))
        .header("Authorization", caller.authorization().header().reveal())
        .header("Accept", caller.accept())
        .header("User-Agent", "offshoot");
    if (body.isPresent()) {
      request.header("Content-Type", "application/json");
    }
    request.method(method, body.map(json -> HttpRequest.BodyPublishers.ofString(json.toString()))
        .orElseGet(HttpRequest.BodyPublishers::noBody));
    // A request's own deadline would end with the headers: a body may trickle for ever.
    CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(),
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), limits.bytes()));
    try {
      return answer.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw silent(path, "did not answer within " + limits.answer().toMillis() + " ms");
    } catch (ExecutionException e) {
      throw silent(path, e.getCause() instanceof IOException io ? "could not be asked: " + io : "could not be asked");
    } finally {
      answer.cancel(true);
    }
  }

  private Failure silent(ApiPath path, String what) {
    rest.begin(limits.rest());
    return new Failure(Failure.Kind.UNAVAILABLE, "The git host's API " + base + path + " " + what);
  }

  private JsonNode json(byte[] body, ApiPath path) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return Json.mapper().readTree(body);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "The git host's API " + base + path + " answered what is not JSON");
    }
  }

  /** How long nobody asks. */
  static final class Rest {
    private static final Duration LONGEST = Duration.ofHours(1);
    private volatile long until = System.nanoTime();

    void begin(Duration pause) {
      until = System.nanoTime() + (pause.compareTo(LONGEST) > 0 ? LONGEST : pause).toNanos();
    }

    void check() {
      long left = until - System.nanoTime();
      if (left > 0) {
        throw new Failure(Failure.Kind.BUSY, "The git host's API is left alone for a while", Duration.ofNanos(left));
      }
    }
  }
}
