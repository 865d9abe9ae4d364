package dev.offshoot.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import dev.offshoot.process.FreePorts;
import dev.offshoot.process.OwnerOnly;

/** A Kafka broker in this JVM (KRaft, its own controller). */
public final class EmbeddedKafka implements AutoCloseable {
  private final DirectoryLock lock;
  private final KafkaRaftServer server;
  private final int port;
  private final CompletableFuture<KafkaFault> fault;

  private EmbeddedKafka(
      DirectoryLock lock, KafkaRaftServer server, int port, CompletableFuture<KafkaFault> fault) {
    this.lock = lock;
    this.server = server;
    this.port = port;
    this.fault = fault;
  }

  public static EmbeddedKafka start(Path directory, int port) {
    return start(directory, port, KafkaSettings.defaults());
  }

  /** Returns when it serves. What the folder holds is kept, also when the port differs from the last start's. */
  public static EmbeddedKafka start(Path directory, int port, KafkaSettings settings) {
    // Kafka takes its own lock only after the controller has written to the folder.
    DirectoryLock lock = DirectoryLock.of(directory);
    try {
      Ports.requireFree("Kafka", port);
      return startLocked(lock, directory.resolve("data"), port, settings);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedKafka startLocked(DirectoryLock lock, Path directory, int port, KafkaSettings settings) {
    var started = new CompletableFuture<EmbeddedKafka>();
    // A thread of its own, since what BrokerExits sets is inherited by all the broker's threads.
    Thread.ofPlatform().name("kafka-start").start(() -> {
      try {
        started.complete(startHere(lock, directory, port, settings));
      } catch (IOException | RuntimeException | Error e) {
        started.completeExceptionally(e);
      }
    });
    try {
      return started.join();
    } catch (CompletionException e) {
      throw explained(directory, port, e.getCause() == null ? e : e.getCause());
    }
  }

  private static EmbeddedKafka startHere(DirectoryLock lock, Path directory, int port, KafkaSettings settings)
      throws IOException {
    var fault = new CompletableFuture<KafkaFault>();
    BrokerExits.reportTo(fault);
    format(OwnerOnly.createDirectory(directory));
    var properties = KafkaConfiguration.of(directory, port, FreePorts.choose(), settings);
    var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException | Error e) {
      shutDown(server);
      throw e;
    }
    return new EmbeddedKafka(lock, server, port, fault);
  }

  private static void format(Path directory) throws IOException {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName(KafkaConfiguration.CONTROLLER_LISTENER)
          .setIgnoreFormatted(true)
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("The folder can't be formatted", e);
    }
  }

  private static ServerStartException explained(Path directory, int port, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return Ports.taken("Kafka", port);
      }
    }
    return new ServerStartException(
        "Kafka did not start in " + directory + " on port " + port + ": " + failure, failure);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Completes when the broker gives up; never when it is closed in order. */
  public CompletableFuture<KafkaFault> fault() {
    return fault.copy();
  }

  /** Returns when all is flushed and the folder may be used again. */
  @Override
  public void close() {
    try {
      shutDown(server);
    } finally {
      lock.close();
    }
  }

  private static void shutDown(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }
}
