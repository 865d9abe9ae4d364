package dev.offshoot.ingest;

import java.util.OptionalLong;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Takes in the body of a delivery without ever holding more than the limit. */
final class DeliveryBody {
  private final Vertx vertx;
  private final ServerLimits limits;

  DeliveryBody(Vertx vertx, ServerLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /**
   * The whole body. Fails with {@link Refusal} when it is announced or found to be too large, takes too long,
   * or never ends.
   */
  Future<byte[]> read(HttpServerRequest request) {
    OptionalLong announced = announced(request);
    if (announced.isPresent() && announced.getAsLong() > limits.bodyBytes()) {
      return Future.failedFuture(tooLarge());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Promise<byte[]> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    long timer = vertx.setTimer(limits.delivery().toMillis(), _ -> whole.tryFail(tooSlow()));
    request.handler(chunk -> {
      if (whole.future().isComplete()) {
        return;
      }
      if (body.length() + chunk.length() > limits.bodyBytes()) {
        whole.fail(tooLarge());
      } else {
        body.appendBuffer(chunk);
      }
    });
    request.exceptionHandler(_ -> whole.tryFail(abandoned()));
    request.endHandler(_ -> whole.tryComplete(body.getBytes()));
    return whole.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private static OptionalLong announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    } catch (NumberFormatException e) {
      return OptionalLong.of(Long.MAX_VALUE);
    }
  }

  private Refusal tooLarge() {
    return new Refusal(Answer.of(Verdict.TOO_LARGE, "a delivery may have " + limits.bodyBytes()
        + " bytes: raise webhooks.bodyLimitBytes, or push less at once"));
  }

  private Refusal tooSlow() {
    return new Refusal(Answer.of(Verdict.TOO_SLOW, "the body must come in within " + limits.delivery().toSeconds()
        + " seconds: deliver again"));
  }

  private static Refusal abandoned() {
    return new Refusal(Answer.of(Verdict.ABANDONED, "the connection ended before the body did: deliver again"));
  }

  /** A body that was not taken in. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Answer answer;

    Refusal(Answer answer) {
      super(answer.reason(), null, false, false);
      this.answer = answer;
    }

    Answer answer() {
      return answer;
    }
  }
}
