package dev.offshoot.ingest;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.fault.FaultPoint;
import dev.offshoot.ingest.delivery.Headers;

/** {@code POST /webhooks/{hook}}: from the request's head to the answer. */
final class DeliveryEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryEndpoint.class);

  /** Bytes that are read within a fraction of a millisecond. */
  private static final int SMALL = 64 << 10;

  private final Vertx vertx;
  private final ServerLimits limits;
  private final Hooks hooks;
  private final RateLimit rate;
  private final Reception reception;
  private final DeliveryJournal journal = new DeliveryJournal();
  private final AnswerWriter answers;
  private final AtomicInteger underWay = new AtomicInteger();

  DeliveryEndpoint(Vertx vertx, ServerLimits limits, Hooks hooks, RateLimit rate, Reception reception) {
    this.vertx = vertx;
    this.limits = limits;
    this.hooks = hooks;
    this.rate = rate;
    this.reception = reception;
    this.answers = new AnswerWriter(vertx);
  }

  void handle(RoutingContext context) {
    long start = System.nanoTime();
    HttpServerRequest request = context.request();
    String name = Optional.ofNullable(context.pathParam("hook")).orElse("");
    Headers headers = header -> Optional.ofNullable(request.getHeader(header)).filter(value -> !value.isBlank());
    Optional<Hook> hook = hooks.find(name);
    underWay.incrementAndGet();
    hook.map(known -> answer(known, request, headers)).orElseGet(() -> Future.succeededFuture(
            Answer.of(Verdict.UNKNOWN_HOOK,
                "no such hook: the last part of the path is a key under repositories in the configuration")))
        .recover(failure -> Future.succeededFuture(failed(failure)))
        .onSuccess(answer -> {
          underWay.decrementAndGet();
          FaultPoint.at("delivery.answer.before");
          answers.write(request, answer);
          FaultPoint.at("delivery.answer.after");
          journal.note(hook.map(Hook::label).orElse("none"), name,
              hook.flatMap(known -> known.host().deliveryId(headers)), answer,
              Duration.ofNanos(System.nanoTime() - start));
        });
  }

  private Future<Answer> answer(Hook hook, HttpServerRequest request, Headers headers) {
    Optional<Duration> wait = rate.take(hook.repository().key(), request.remoteAddress().hostAddress());
    if (wait.isPresent()) {
      return Future.succeededFuture(Answer.rateLimited(wait.get()));
    }
    if (!isJson(headers)) {
      return answered(Verdict.UNSUPPORTED,
          "a delivery must be application/json: set the webhook's content type at the git host");
    }
    if (headers.first(HttpHeaders.CONTENT_ENCODING.toString()).isPresent()) {
      return answered(Verdict.UNSUPPORTED, "a delivery must not be compressed: leave Content-Encoding out");
    }
    if (underWay.get() > limits.deliveriesAtATime()) {
      return answered(Verdict.UNAVAILABLE, "too many deliveries at a time: deliver again later");
    }
    FaultPoint.at("delivery.body.before");
    return new DeliveryBody(vertx, limits).read(request).compose(body -> received(hook, headers, body));
  }

  /** To give a small one to another thread would take longer than to read it; a large one would hold up the others of this event loop. */
  private Future<Answer> received(Hook hook, Headers headers, byte[] body) {
    Context eventLoop = vertx.getOrCreateContext();
    Future<CompletableFuture<Answer>> begun = body.length <= SMALL
        ? Future.succeededFuture(reception.receive(hook, headers, body))
        : vertx.executeBlocking(() -> reception.receive(hook, headers, body), false);
    return begun.compose(answer -> Future.fromCompletionStage(answer, eventLoop));
  }

  private static boolean isJson(Headers headers) {
    return headers.first(HttpHeaders.CONTENT_TYPE.toString())
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json"))
        .orElse(false);
  }

  private static Future<Answer> answered(Verdict verdict, String reason) {
    return Future.succeededFuture(Answer.of(verdict, reason));
  }

  private static Answer failed(Throwable failure) {
    if (failure instanceof DeliveryBody.Refusal refusal) {
      return refusal.answer();
    }
    LOG.error("A delivery could not be handled", failure);
    return Answer.of(Verdict.FAILED,
        "an internal error: deliver again; if it stays, the log of webhook-ingest says what happened");
  }
}
