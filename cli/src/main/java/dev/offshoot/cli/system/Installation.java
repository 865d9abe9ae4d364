package dev.offshoot.cli.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.ConfigProblem;
import dev.offshoot.config.ConfigText;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RedisConfig;
import dev.offshoot.embedded.Servers;
import dev.offshoot.embedded.ServersLayout;
import dev.offshoot.embedded.StartProgress;
import dev.offshoot.process.Keeper;
import dev.offshoot.process.OwnerOnly;
import dev.offshoot.wire.Topics;

/**
 * The embedded servers of a data folder, and the configuration with their coordinates filled in. Everything is found
 * again at the next
 * start, also after a kill; closing stops the servers and what was started on them.
 */
public final class Installation implements AutoCloseable {
  private final DataFolder data;
  private final Kept kept;
  private final ConfigFile.Checked checked;
  private final Closing workers = new Closing();
  private final CompletableFuture<String> workerFault = new CompletableFuture<>();

  /** What ends with this process. */
  private record Kept(Servers servers, Optional<Keeper> keeper) {}

  private Installation(DataFolder data, Kept kept, ConfigFile.Checked checked) {
    this.data = data;
    this.kept = kept;
    this.checked = checked;
  }

  /**
   * Checks the configuration, starts the servers, and reads it with their coordinates.
   *
   * @param config the user's file; keys that it leaves out and that belong to the servers are filled in
   * @param port of the webhooks; without one, that of the last start or else a free one
   */
  public static Installation start(DataFolder data, Path config, OptionalInt port, StartProgress progress) {
    return start(data, config, port, ServersLayout.in(data.servers()), progress);
  }

  /** With servers that differ from the defaults, for measuring and proving. */
  public static Installation start(
      DataFolder data, Path config, OptionalInt port, ServersLayout layout, StartProgress progress) {
    data.prepare();
    // a typo is told at once, not after the servers' start
    OwnServers.check(config, data);
    Servers servers = Servers.start(layout, progress);
    try {
      ConfigFile.Checked read = ConfigFile.check(config, OwnServers.coordinates(servers, data));
      OffshootConfig withPort = port.isPresent() ? withPort(read.config(), port.getAsInt()) : read.config();
      Optional<Keeper> keeper = keeper(withPort.stores().redis());
      return new Installation(data, new Kept(servers, keeper), new ConfigFile.Checked(withPort, read.warnings()));
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** For environments' own servers: they end with this process, and not with the worker that wants them. */
  private static Optional<Keeper> keeper(RedisConfig redis) {
    return switch (redis) {
      case RedisConfig.Processes own -> own.keeper().map(address -> Keeper.listen(address, own.server()));
      case RedisConfig.Shared _ -> Optional.empty();
    };
  }

  private static OffshootConfig withPort(OffshootConfig config, int port) {
    return new OffshootConfig(
        config.kafka(), config.stores(), config.credentials(), config.workers().withPort(port), config.blobs(),
            config.repositories(), config.services());
  }

  public OffshootConfig config() {
    return checked.config();
  }

  public List<ConfigProblem> warnings() {
    return checked.warnings();
  }

  /** Waits until something is broken for good that nothing can go on without, and says what. */
  public String awaitFault() {
    return (String) CompletableFuture.anyOf(
        workerFault, kept.servers().fault().thenApply(fault -> fault.server().label() + " is gone: " + fault.message())).join();
  }

  /** Makes the topics, starts the five workers and keeps the addresses; returns when all do their work. */
  public Addresses startWorkers(WorkerPlace place) throws Exception {
    Topics.ensure(config().kafka());
    keepConfig();
    if (config().stores().redis() instanceof RedisConfig.Shared shared && shared.port() == kept.servers().redisPort()) {
      var _ = kept.servers().redis();
    }
    Map<String, String> management = switch (place) {
      case THIS_PROCESS -> Map.of("all", workers.add(WorkersHere.start(config(), workerFault)).url());
      case OWN_PROCESSES -> children();
    };
    Addresses addresses = Addresses.of(config(), management);
    addresses.keep(data.addresses());
    return addresses;
  }

  private Map<String, String> children() {
    List<ChildWorker> children =
        Arrays.stream(WorkerName.values())
        .map(worker -> workers.add(new ChildWorker(worker, data, KeptPort.in(data.managementPort(worker)), workerFault))).toList();
    children.forEach(ChildWorker::awaitStarted);
    Map<String, String> urls = new LinkedHashMap<>();
    children.forEach(child -> urls.put(child.worker().label(), child.url(config().workers().management())));
    return urls;
  }

  private void keepConfig() {
    try {
      OwnerOnly.write(data.effectiveConfig(), ConfigText.yaml(config(), ConfigText.Secrets.REVEALED));
    } catch (IOException e) {
      throw new UncheckedIOException("The configuration cannot be kept in " + data.effectiveConfig(), e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(data.addresses());
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + data.addresses() + " cannot be removed", e);
    } finally {
      workers.close();
      kept.keeper().ifPresent(Keeper::close);
      kept.servers().close();
    }
  }
}
