package dev.offshoot.provisioner.redis;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.process.OwnerOnly;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.wire.Json;
import dev.offshoot.worker.Failure;

/**
 * What is where below the folder of all servers: {@code NAME/owner.json} with tag and port marks a server, {@code
 * kept/NAME/receipt.json} a backup that was verified. Both appear as a whole or not at all, and are readable by their
 * owner only.
 */
final class RedisFolders {
  static final String DUMP = "dump.rdb";
  private static final ObjectMapper JSON = Json.mapper();
  private static final String OWNER = "owner.json";
  private static final String RECEIPT = "receipt.json";
  private static final String KEPT = "kept";
  /** Of a resource; other folders, a file system's own for example, are left alone. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}_i[0-9]{1,6}");

  private final Path root;

  RedisFolders(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** A server as its folder tells. */
  record Placed(OwnerTag tag, int port) {
    ResourceName name() {
      return tag.owner().name();
    }
  }

  Path root() {
    return root;
  }

  Path server(ResourceName name) {
    return root.resolve(name.value());
  }

  Path kept(ResourceName name) {
    return root.resolve(KEPT).resolve(name.value());
  }

  /** Where a backup is written before it is verified. */
  Path unverified(ResourceName name) {
    return root.resolve(KEPT).resolve("t_" + name.value());
  }

  Path log(ResourceName name) {
    return server(name).resolve("redis.log");
  }

  void place(Placed placed) {
    String text = placed.tag().toJson().put("port", placed.port()).toString();
    attempt(() -> {
      OwnerOnly.createDirectory(server(placed.name()));
      FaultPoint.at("redis.folder.made");
      OwnerOnly.write(server(placed.name()).resolve(OWNER), text);
      return true;
    });
  }

  Optional<Placed> find(ResourceName name) {
    Path file = server(name).resolve(OWNER);
    return attempt(() -> Files.exists(file) ? placed(Files.readString(file)) : Optional.empty());
  }

  private static Optional<Placed> placed(String text) throws IOException {
    JsonNode node = JSON.readTree(text);
    return OwnerTag.parse(text).map(tag -> new Placed(tag, node.path("port").asInt()));
  }

  Optional<BackupReceipt> receipt(ResourceName name) {
    Path file = kept(name).resolve(RECEIPT);
    return attempt(() -> Files.exists(file)
        ? Optional.of(JSON.readValue(Files.readString(file), BackupReceipt.class))
        : Optional.empty());
  }

  /** Publishes a verified backup. */
  void keep(ResourceName name, BackupReceipt receipt) {
    attempt(() -> {
      OwnerOnly.write(unverified(name).resolve(RECEIPT), JSON.writeValueAsString(receipt));
      FaultPoint.at("redis.receipt.written");
      return Files.move(unverified(name), kept(name));
    });
  }

  List<String> serverNames() {
    return names(root);
  }

  List<String> keptNames() {
    return names(root.resolve(KEPT));
  }

  private static List<String> names(Path folder) {
    return attempt(() -> {
      if (!Files.isDirectory(folder)) {
        return List.of();
      }
      try (Stream<Path> children = Files.list(folder)) {
        return children.filter(Files::isDirectory).map(child -> folder.relativize(child).toString())
            .filter(name -> NAME.matcher(name).matches()).sorted().toList();
      }
    });
  }

  void delete(Path folder) {
    attempt(() -> {
      if (Files.exists(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(path);
            FaultPoint.at("redis.folder.emptying");
          }
        }
      }
      return true;
    });
  }

  static <T> T attempt(FileWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new Failure(kind(e), "The folder stores.redis.directory cannot be used: " + e.getMessage(), e);
    }
  }

  private static Failure.Kind kind(IOException e) {
    boolean full = Optional.ofNullable(e.getMessage()).filter(message -> message.contains("No space left")).isPresent();
    return switch (e) {
      case AccessDeniedException _ -> Failure.Kind.DENIED;
      default -> full ? Failure.Kind.EXHAUSTED : Failure.Kind.UNAVAILABLE;
    };
  }

  /** Something done with files. */
  @FunctionalInterface
  interface FileWork<T> {
    T run() throws IOException;
  }
}
