package dev.offshoot.provisioner.redis;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
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
 * NAME/closed} one that is on its way out and never let in or started for its environment again, {@code
 * kept/NAME/receipt.json} a backup that was verified. Each appears as a whole or not at all, and is readable by its owner
 * only.
 */
final class RedisFolders {
  static final String DUMP = "dump.rdb";
  private static final ObjectMapper JSON = Json.mapper();
  private static final String OWNER = "owner.json";
  private static final String RECEIPT = "receipt.json";
  private static final String KEPT = "kept";
  private static final String CLOSED = "closed";
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

  /** The first who places a server decides its port: of two who do it at once both get what the first has said. */
  Placed place(Placed wanted) {
    Path folder = server(wanted.name());
    Path file = folder.resolve(OWNER);
    Path next = folder.resolve(OWNER + "." + UUID.randomUUID());
    return attempt(() -> {
      OwnerOnly.createDirectory(folder);
      FaultPoint.at("redis.folder.made");
      OwnerOnly.write(next, text(wanted));
      try {
        Files.createLink(file, next);
        return wanted;
      } catch (FileAlreadyExistsException byAnother) {
        return placed(Files.readString(file)).orElse(wanted);
      } finally {
        Files.deleteIfExists(next);
      }
    });
  }

  /** Somebody else has the port that was chosen first, and nobody was told of it yet. */
  void move(Placed elsewhere) {
    attempt(() -> {
      OwnerOnly.write(server(elsewhere.name()).resolve(OWNER), text(elsewhere));
      return true;
    });
  }

  private static String text(Placed placed) {
    return placed.tag().toJson().put("port", placed.port()).toString();
  }

  void close(ResourceName name) {
    attempt(() -> {
      OwnerOnly.write(server(name).resolve(CLOSED), "");
      return true;
    });
  }

  boolean isClosed(ResourceName name) {
    return Files.exists(server(name).resolve(CLOSED)) || receipt(name).isPresent();
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

  /** Those that should run. */
  List<Placed> open() {
    return serverNames().stream().map(ResourceName::new).flatMap(name -> find(name).stream())
        .filter(placed -> !isClosed(placed.name())).toList();
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

  /** What names its owner goes last: a folder without it holds nothing. */
  void remove(ResourceName name) {
    Path folder = server(name);
    delete(folder, path -> !path.equals(folder) && !path.equals(folder.resolve(OWNER)));
    delete(folder);
  }

  void delete(Path folder) {
    delete(folder, _ -> true);
  }

  private static void delete(Path folder, Predicate<Path> which) {
    attempt(() -> {
      if (Files.exists(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path path : all.sorted(Comparator.reverseOrder()).filter(which).toList()) {
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
