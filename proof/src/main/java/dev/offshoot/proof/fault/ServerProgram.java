package dev.offshoot.proof.fault;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import dev.offshoot.embedded.EmbeddedKafka;
import dev.offshoot.embedded.EmbeddedSolr;
import dev.offshoot.proof.Broker;

/** A server in a process of its own, so that it can be killed: {@code kafka DIRECTORY PORT} or {@code solr DIRECTORY PORT}. */
final class ServerProgram {

  private ServerProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path directory = Path.of(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    try (AutoCloseable server = arguments[0].equals("kafka")
        ? EmbeddedKafka.start(directory, port, Broker.QUICK)
        : EmbeddedSolr.start(directory, port)) {
      System.out.println(arguments[0] + " started");
      new CountDownLatch(1).await();
      throw new IllegalStateException(server + " is never closed, only ended");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(arguments[0] + " did not start", e);
    }
  }
}
