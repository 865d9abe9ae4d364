package dev.offshoot.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.apache.solr.common.cloud.SolrZkClient;
import org.apache.solr.common.cloud.ZkMaintenanceUtils;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

import dev.offshoot.process.FreePorts;
import dev.offshoot.process.OwnerOnly;

/** A SolrCloud of one node, with its ZooKeeper, in this JVM: for tests of what speaks to one. */
public final class EmbeddedSolrCloud implements AutoCloseable {
  private static final int TICK_MILLIS = 2000;
  private static final int CONNECTIONS = 60;

  private final ServerCnxnFactory zooKeeper;
  private final EmbeddedSolr node;

  private EmbeddedSolrCloud(ServerCnxnFactory zooKeeper, EmbeddedSolr node) {
    this.zooKeeper = zooKeeper;
    this.node = node;
  }

  /** Returns when it answers; collections are made from the config set {@link EmbeddedSolr#CONFIG_SET}. */
  public static EmbeddedSolrCloud start(Path directory, int port) {
    try {
      Path own = OwnerOnly.createDirectory(directory.resolve("zookeeper"));
      int zooKeeperPort = FreePorts.choose();
      ServerCnxnFactory factory =
          ServerCnxnFactory.createFactory(new InetSocketAddress(InetAddress.getLoopbackAddress(), zooKeeperPort), CONNECTIONS);
      factory.startup(new ZooKeeperServer(own.toFile(), own.toFile(), TICK_MILLIS));
      String address = "127.0.0.1:" + zooKeeperPort;
      var home = new SolrHome(directory.resolve("node").toAbsolutePath().normalize(), Optional.of(address));
      home.prepare(port);
      publish(home.configSet(), address);
      return new EmbeddedSolrCloud(factory, EmbeddedSolr.startNode(home.directory(), port, address));
    } catch (IOException e) {
      throw new ServerStartException("SolrCloud did not start in " + directory, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException("SolrCloud did not start in " + directory, e);
    }
  }

  private static void publish(Path configSet, String zooKeeper) throws IOException {
    try (SolrZkClient client =
        new SolrZkClient.Builder().withUrl(zooKeeper).withTimeout(30, TimeUnit.SECONDS).build()) {
      ZkMaintenanceUtils.uploadToZK(client, configSet, "/configs/" + EmbeddedSolr.CONFIG_SET, null);
    }
  }

  /** Ends with {@code /solr}; a collection's URL is this, a slash and its name. */
  public String baseUrl() {
    return node.baseUrl();
  }

  /** The only folder outside the cores that Solr may write to and read from. */
  public Path backups() {
    return node.backups();
  }

  @Override
  public void close() {
    try {
      node.close();
    } finally {
      zooKeeper.shutdown();
    }
  }
}
