package dev.offshoot.bench.ingest;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;

import dev.offshoot.config.Secret;
import dev.offshoot.ingest.delivery.HubSignature;

/** The peer: a Vert.x server that takes a body, checks its signature and answers, on as many event loops. No JSON, no Kafka, no limits. */
final class BareServer {
  private static final HubSignature SIGNATURE = new HubSignature("X-Hub-Signature-256");

  private BareServer() {}

  /** @param arguments the port, and the secret */
  public static void main(String[] arguments) throws InterruptedException {
    List<Secret> secrets = List.of(new Secret(arguments[1]));
    int port = Integer.parseInt(arguments[0]);
    Vertx vertx = Vertx.vertx();
    vertx.deployVerticle(() -> context -> context.owner().createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> {
              boolean fits = SIGNATURE.fits(name -> Optional.ofNullable(request.getHeader(name)), body.getBytes(), secrets);
              request.response().setStatusCode(fits ? 202 : 401).end("{}");
            }))
            .listen(port, "127.0.0.1"), new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .toCompletionStage().toCompletableFuture().join();
    new CountDownLatch(1).await();
  }
}
