package dev.offshoot.ingest;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

import dev.offshoot.config.WorkersConfig;

/**
 * The paths of the server, and what it answers where there is none. Strangers reach it: what the process measures is not told here. There
 * is one for each event loop, all on the same port.
 */
final class WebhookServer extends VerticleBase {
  private static final int LONGEST_REQUEST_LINE = 2048;
  /** A free port that all instances share; zero would give each another one. */
  private static final int ANY_PORT = -1;

  private final WorkersConfig.Webhooks webhooks;
  private final ServerLimits limits;
  private final DeliveryEndpoint deliveries;
  private final RequestPublisher publisher;
  private final AnswerWriter answers;
  private Optional<HttpServer> server = Optional.empty();

  WebhookServer(WorkersConfig.Webhooks webhooks, ServerLimits limits, DeliveryEndpoint deliveries, RequestPublisher publisher,
      AnswerWriter answers) {
    this.webhooks = webhooks;
    this.limits = limits;
    this.deliveries = deliveries;
    this.publisher = publisher;
    this.answers = answers;
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options = new HttpServerOptions()
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(Math.toIntExact(limits.idle().toMillis()))
        .setMaxHeaderSize(limits.headerBytes())
        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
        .setHttp2ClearTextEnabled(false)
        .setDecompressionSupported(false);
    return vertx.createHttpServer(options)
        .requestHandler(router())
        .invalidRequestHandler(this::refuseInvalid)
        .listen(webhooks.port() == 0 ? ANY_PORT : webhooks.port(), webhooks.host())
        .onSuccess(listening -> server = Optional.of(listening));
  }

  /** Takes no more deliveries and answers those under way. */
  @Override
  public Future<?> stop() {
    return server.<Future<?>>map(listening -> listening.shutdown(limits.stop().toMillis(), TimeUnit.MILLISECONDS))
        .orElseGet(Future::succeededFuture);
  }

  /** Once it listens. */
  int port() {
    return server.orElseThrow().actualPort();
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.post("/webhooks/:hook").handler(deliveries::handle);
    router.get("/health/live").handler(context -> tell(context.request(), 200, "up", "the process answers"));
    router.get("/health/ready").handler(context -> ready(context.request()));
    router.errorHandler(400, context ->
        refuse(context.request(), 400, "the path is not well formed: deliver to /webhooks/{hook}"));
    router.errorHandler(404, context -> refuse(context.request(), 404, "nothing is here: deliver to /webhooks/{hook}"));
    router.errorHandler(405, context -> refuse(context.request(), 405, "deliveries are POSTed to /webhooks/{hook}"));
    router.errorHandler(500, context ->
        refuse(context.request(), 500, "an internal error: the log of webhook-ingest says more"));
    return router;
  }

  private void ready(HttpServerRequest request) {
    Future.fromCompletionStage(publisher.reachable(), vertx.getOrCreateContext())
        .onSuccess(_ -> tell(request, 200, "ready", "Kafka answers"))
        .onFailure(_ -> tell(request, 503, "unavailable", "Kafka does not answer: check kafka.bootstrapServers"));
  }

  /** What comes next on the connection cannot be told, so it ends. */
  private void refuseInvalid(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      refuse(request, 414, "the request line is too long: deliver to /webhooks/{hook}");
    } else if (cause instanceof TooLongHttpHeaderException) {
      refuse(request, 431, "the headers are too large: send at most " + limits.headerBytes() + " bytes");
    } else {
      refuse(request, 400, "this is not a well-formed HTTP/1.1 request");
    }
  }

  private void refuse(HttpServerRequest request, int code, String reason) {
    tell(request, code, "refused", reason);
  }

  private void tell(HttpServerRequest request, int code, String status, String reason) {
    Optional<Duration> again = code == Verdict.UNAVAILABLE.code() ? Optional.of(Answer.LATER) : Optional.empty();
    answers.write(request, code, Answer.json(status, reason).toString(), again);
  }
}
