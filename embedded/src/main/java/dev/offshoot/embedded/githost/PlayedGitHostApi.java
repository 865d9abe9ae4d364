package dev.offshoot.embedded.githost;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.offshoot.config.GitHostName;
import dev.offshoot.wire.Json;

/**
 * The REST API of a git host with one repository, on 127.0.0.1. Whoever has {@link #token} is the account {@link #ACCOUNT}; with {@link
 * #readOnlyToken} one may only look; any other caller is told so in the host's own way.
 */
public final class PlayedGitHostApi implements AutoCloseable {
  public static final String ACCOUNT = "offshoot-bot";
  private static final int LARGEST_BODY = 1 << 20;

  private final Dialect dialect;
  private final String token;
  private final Forge forge = new Forge();
  private final List<String> calls = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;
  private Coming coming = Coming.NOTHING;
  private volatile Consumer<Said> listener = _ -> { };

  /**
   * A comment as it is now.
   *
   * @param change its number
   */
  public record Said(long change, String author, String text) {}

  /** A status of a commit, in the host's words. */
  public record Status(String context, String state, String line, String link) {}

  private record Coming(Optional<Mischief> kind, boolean atWrite) {
    private static final Coming NOTHING = new Coming(Optional.empty(), false);

    private Coming(Mischief kind, boolean atWrite) {
      this(Optional.of(kind), atWrite);
    }
  }

  private PlayedGitHostApi(Dialect dialect, String token) {
    this.dialect = dialect;
    this.token = token;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("The played git host cannot listen on 127.0.0.1", e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  /** @param fullName as the host writes it: owner and name, or project and name */
  public static PlayedGitHostApi start(GitHostName host, String fullName, String token) {
    return new PlayedGitHostApi(switch (host) {
      case GITHUB -> new GitHubDialect(fullName);
      case GITEA -> new GiteaDialect(fullName);
      case GITLAB -> new GitLabDialect(fullName);
      case BITBUCKET_CLOUD -> new BitbucketCloudDialect(fullName);
      case BITBUCKET_DATA_CENTER -> new BitbucketDataCenterDialect(fullName);
      case AZURE_DEVOPS -> new AzureDialect(fullName);
      case GENERIC -> throw new IllegalArgumentException("A generic host has no API");
    }, token);
  }

  /** What {@code feedback.api} is to be. */
  public URI api() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + dialect.base());
  }

  public String token() {
    return token;
  }

  public String readOnlyToken() {
    return token + "-read-only";
  }

  /** Is told of each comment that is written or changed over the API. */
  public void onComment(Consumer<Said> told) {
    listener = told;
  }

  /** Somebody opens a change; answers its number. */
  public long open(String branch) {
    return forge.open(branch, false);
  }

  /** A stranger opens one from a branch of the same name in a fork. */
  public long openFromFork(String branch) {
    return forge.open(branch, true);
  }

  public void merge(long change) {
    forge.move(change, Forge.State.MERGED);
  }

  /** As if there had never been one. */
  public void remove(long change) {
    forge.remove(change);
  }

  /** Somebody comments. */
  public void say(long change, String author, String text) {
    forge.say(change, author, text);
  }

  /** All comments of a change, the oldest first. */
  public List<Said> comments(long change) {
    return forge.notes(change).stream().map(note -> new Said(note.pull(), note.author(), note.text())).toList();
  }

  /** Every status that a commit was given, the newest first. */
  public List<Status> statuses(String commit) {
    return forge.marks(commit).stream().map(mark -> new Status(mark.context(), mark.state(), mark.line(), mark.link())).toList();
  }

  /** What becomes of the next call. */
  public synchronized void misbehave(Mischief next) {
    coming = new Coming(next, false);
  }

  /** What becomes of the next call that is to change something. */
  public synchronized void misbehaveAtNextWrite(Mischief next) {
    coming = new Coming(next, true);
  }

  /** From now on every page of a list is its first, and more are said to follow. */
  public void repeatPages() {
    forge.repeatPages();
  }

  /** What was called, as {@code GET /path}, mischief included. */
  public List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
      Call call = Call.of(exchange.getRequestMethod(), exchange.getRequestURI(), body.length == 0 ? Reply.object() : json(body));
      synchronized (calls) {
        calls.add(call.line());
      }
      Optional<Mischief> now = due(call);
      if (now.isEmpty()) {
        send(exchange, answer(exchange, call));
      } else {
        misbehave(exchange, call, now.get());
      }
    }
  }

  private static JsonNode json(byte[] body) throws IOException {
    return Json.mapper().readTree(body);
  }

  private synchronized Optional<Mischief> due(Call call) {
    Coming next = coming;
    if (next.atWrite() && call.method().equals("GET")) {
      return Optional.empty();
    }
    coming = Coming.NOTHING;
    return next.kind();
  }

  private Reply answer(HttpExchange exchange, Call call) {
    String shown = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    boolean mayWrite = shown.equals(dialect.authorization(token));
    if (!mayWrite && !shown.equals(dialect.authorization(readOnlyToken()))) {
      return dialect.unknown();
    }
    if (!mayWrite && !call.method().equals("GET")) {
      return Reply.refused(403, "Resource not accessible by this token");
    }
    try {
      Reply reply = dialect.answer(call, ACCOUNT, forge);
      tell(call, reply);
      return reply;
    } catch (NumberFormatException e) {
      return Reply.refused(400, "not a number");
    }
  }

  private void tell(Call call, Reply reply) {
    boolean isComment = call.path().stream().anyMatch(part -> part.equals("comments") || part.equals("notes") || part.equals("threads"));
    if (isComment && !call.method().equals("GET") && reply.status() < 300) {
      forge.pulls(_ -> true).stream().flatMap(pull -> comments(pull.number()).stream())
          .filter(said -> said.author().equals(ACCOUNT)).findFirst().ifPresent(listener);
    }
  }

  private void misbehave(HttpExchange exchange, Call call, Mischief kind) throws IOException {
    switch (kind) {
      case OUT_OF_ORDER -> send(exchange, Reply.refused(500, "Server Error"));
      case THROTTLED -> send(exchange, Reply.refused(429, "Too many requests").with("Retry-After", "7"));
      case USED_UP -> send(exchange, new Reply(403, "{}", Map.of("X-RateLimit-Remaining", "0",
          "X-RateLimit-Reset", Long.toString(Instant.now().getEpochSecond() + 5))));
      case HANGS -> hang();
      case HALF_AN_ANSWER -> {
        byte[] whole = answer(exchange, call).body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, whole.length + 1L);
        exchange.getResponseBody().write(whole, 0, whole.length / 2);
        exchange.getResponseBody().flush();
        throw new IOException("the rest is not sent");
      }
      case LOST_ANSWER -> {
        answer(exchange, call);
        throw new IOException("nothing is sent");
      }
      case SENDS_ELSEWHERE -> send(exchange, Reply.text(302, "").with("Location", "https://elsewhere.example.com/"));
    }
  }

  private void hang() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(reply.status(), reply.status() == 204 || bytes.length == 0 ? -1 : bytes.length);
    if (reply.status() != 204 && bytes.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
