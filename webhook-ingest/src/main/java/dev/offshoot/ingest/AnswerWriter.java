package dev.offshoot.ingest;

import java.time.Duration;
import java.util.Optional;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes answers: always a small JSON object. */
final class AnswerWriter {
  /** A body that is still coming after its answer is let run out for so long, so that the sender reads the answer. */
  private static final Duration RUN_OUT = Duration.ofSeconds(2);

  private final Vertx vertx;

  AnswerWriter(Vertx vertx) {
    this.vertx = vertx;
  }

  void write(HttpServerRequest request, Answer answer) {
    write(request, answer.verdict().code(), answer.json(), answer.again());
  }

  /** @param again when it makes sense to ask again */
  void write(HttpServerRequest request, int code, String json, Optional<Duration> again) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(code)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    again.ifPresent(after -> response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(after.toSeconds())));
    boolean unread = !request.isEnded();
    response.end(json + "\n");
    if (unread) {
      long timer = vertx.setTimer(RUN_OUT.toMillis(), _ -> request.connection().close());
      request.handler(_ -> {});
      request.exceptionHandler(_ -> vertx.cancelTimer(timer));
      request.endHandler(_ -> vertx.cancelTimer(timer));
    }
  }
}
