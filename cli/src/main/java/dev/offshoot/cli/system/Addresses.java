package dev.offshoot.cli.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.process.OwnerOnly;
import dev.offshoot.wire.Json;

/**
 * Where a running installation is reached. Holds no secret.
 *
 * @param pid the process that started it
 * @param management by worker, or "all": below which /metrics and /health are
 */
public record Addresses(
    long pid, String kafka, String postgres, String solr, Map<String, String> webhooks, Map<String, String> management) {
  public Addresses {
    webhooks = Map.copyOf(webhooks);
    management = Map.copyOf(management);
  }

  public static Addresses of(OffshootConfig config) {
    return of(config, Map.of());
  }

  static Addresses of(OffshootConfig config, Map<String, String> management) {
    String base = "http://" + config.workers().webhooks().host() + ":" + config.workers().webhooks().port();
    Map<String, String> webhooks = new LinkedHashMap<>();
    config.repositories().keySet().forEach(key -> webhooks.put(key.value(), base + "/webhooks/" + key));
    return new Addresses(
        ProcessHandle.current().pid(),
        config.kafka().bootstrapServers(),
        config.stores().postgres().host() + ":" + config.stores().postgres().port(),
        config.stores().solr().url(),
        webhooks,
        management);
  }

  /** Where a repository's deliveries go. */
  public String webhook(String repository) {
    return Optional.ofNullable(webhooks.get(repository))
        .orElseThrow(() -> new IllegalArgumentException("No repository is called " + repository));
  }

  void keep(Path file) {
    try {
      OwnerOnly.write(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("The addresses cannot be kept in " + file, e);
    }
  }

  /** Those of the installation that runs now; empty when none does, also after one was killed. */
  public static Optional<Addresses> ofRunning(DataFolder data) {
    try {
      if (!Files.exists(data.addresses())) {
        return Optional.empty();
      }
      Addresses kept = Json.mapper().readValue(data.addresses().toFile(), Addresses.class);
      return Optional.of(kept).filter(a -> ProcessHandle.of(a.pid()).filter(ProcessHandle::isAlive).isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + data.addresses() + " cannot be read", e);
    }
  }
}
