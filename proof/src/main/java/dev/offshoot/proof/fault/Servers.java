package dev.offshoot.proof.fault;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.PostgresSettings;
import dev.offshoot.embedded.RedisBinary;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.process.FreePorts;
import dev.offshoot.process.Keeper;

/** Kafka, PostgreSQL and Solr, each a process of its own on a port of its own; and what keeps environments' servers. */
final class Servers implements AutoCloseable {
  private final JavaProcess kafka;
  private final int kafkaPort;
  private final JavaProcess solr;
  private final int solrPort;
  private final EmbeddedPostgres postgres;
  private final Path keeperAddress;
  private final Keeper keeper;

  private Servers(Path folder) {
    List<Integer> ports = FreePorts.choose(3);
    this.kafkaPort = ports.get(0);
    this.solrPort = ports.get(1);
    this.kafka = JavaProcess.of(server(folder, "kafka", kafkaPort));
    this.solr = JavaProcess.of(server(folder, "solr", solrPort));
    this.postgres = EmbeddedPostgres.start(folder.resolve("postgres"), ports.get(2),
        PostgresSettings.defaults().withoutFsync().withBinaries(SharedServers.binaries()));
    this.keeperAddress = Keeper.addressIn(folder.resolve("keeper"));
    this.keeper = Keeper.listen(keeperAddress, redis());
    kafka.awaitStarted();
    solr.awaitStarted();
  }

  static Servers start(Path folder) {
    return new Servers(folder);
  }

  private static JavaProcess.Command server(Path folder, String name, int port) {
    return new JavaProcess.Command(folder, name,
        List.of(ServerProgram.class.getName(), name, folder.resolve(name).toString(), Integer.toString(port)), List.of(), Map.of());
  }

  JavaProcess kafka() {
    return kafka;
  }

  String kafkaAddress() {
    return "127.0.0.1:" + kafkaPort;
  }

  JavaProcess solr() {
    return solr;
  }

  int solrPort() {
    return solrPort;
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  Path redisKeeper() {
    return keeperAddress;
  }

  static Path redis() {
    return RedisBinary.unpack(SharedServers.binaries());
  }

  @Override
  public void close() {
    keeper.close();
    postgres.close();
    solr.close();
    kafka.close();
  }
}
