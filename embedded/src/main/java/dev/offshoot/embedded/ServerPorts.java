package dev.offshoot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.offshoot.process.FreePorts;
import dev.offshoot.process.OwnerOnly;

/** One port for each server, the same at every start: what people wrote into their own settings stays true. */
record ServerPorts(Map<Server, Integer> ports) {
  private static final Duration GRACE = Duration.ofSeconds(2);

  ServerPorts {
    ports = Map.copyOf(ports);
  }

  int of(Server server) {
    return ports.getOrDefault(server, 0);
  }

  /** Those in the file; chosen and written when there is none. */
  static ServerPorts keptIn(Path file) throws IOException {
    if (Files.exists(file)) {
      return read(file);
    }
    var free = FreePorts.choose(Server.values().length).iterator();
    var ports = new EnumMap<Server, Integer>(Server.class);
    for (Server server : Server.values()) {
      ports.put(server, free.next());
    }
    var chosen = new ServerPorts(ports);
    OwnerOnly.write(file, chosen.json());
    return chosen;
  }

  private static ServerPorts read(Path file) throws IOException {
    var ports = new EnumMap<Server, Integer>(Server.class);
    try {
      var json = new ObjectMapper().readTree(Files.readString(file));
      for (Server server : Server.values()) {
        ports.put(server, json.path(server.label()).asInt());
      }
    } catch (JsonProcessingException e) {
      throw unusable(file);
    }
    if (ports.values().stream().anyMatch(port -> port < 1 || port > 65_535)) {
      throw unusable(file);
    }
    return new ServerPorts(ports);
  }

  private static ServerStartException unusable(Path file) {
    return new ServerStartException("The file " + file
        + " must name a port for each of kafka, postgres, redis and solr. Correct it, or delete it for new ports.");
  }

  private String json() throws JsonProcessingException {
    var byLabel = new TreeMap<String, Integer>();
    ports.forEach((server, port) -> byLabel.put(server.label(), port));
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(byLabel) + "\n";
  }

  /** Said before anything starts, so that nothing has to be stopped again. */
  void requireFree(Path file) {
    ports.forEach((server, port) -> {
      if (!isFreeSoon(port)) {
        throw new ServerStartException("Port " + port + " of 127.0.0.1, kept for " + server.label() + " in " + file
            + ", is taken by another process. Stop that one, or write another port into the file.");
      }
    });
  }

  /** A Redis whose starter was killed a moment ago is about to end. */
  private static boolean isFreeSoon(int port) {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (!FreePorts.isFree(port)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return true;
  }
}
