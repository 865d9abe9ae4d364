package dev.offshoot.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

import dev.offshoot.process.OwnerOnly;

/**
 * What is where in Solr's folder.
 *
 * @param zooKeeper where the ZooKeeper of its SolrCloud is; empty for one that stands alone
 */
record SolrHome(Path directory, Optional<String> zooKeeper) {
  Path backups() {
    return directory.resolve("backups");
  }

  /** The config set is written once: what was indexed with it stays readable. */
  void prepare(int port) throws IOException {
    OwnerOnly.createDirectory(directory.resolve("cores"));
    OwnerOnly.createDirectory(backups());
    String settings = resource("solr.xml").replace("<!-- solrcloud -->", zooKeeper.map(at -> node(at, port)).orElse(""));
    OwnerOnly.write(directory.resolve("solr.xml"), settings);
    Path configSet = configSet();
    if (!Files.exists(configSet.resolve("solrconfig.xml"))) {
      OwnerOnly.createDirectory(configSet);
      OwnerOnly.write(configSet.resolve("schema.xml"), resource("_default/schema.xml"));
      OwnerOnly.write(configSet.resolve("solrconfig.xml"), resource("_default/solrconfig.xml"));
    }
  }

  private static String node(String zooKeeper, int port) {
    return """
        <solrcloud>
          <str name="zkHost">%s</str>
          <str name="host">127.0.0.1</str>
          <int name="hostPort">%d</int>
          <str name="hostContext">solr</str>
          <int name="zkClientTimeout">30000</int>
        </solrcloud>""".formatted(zooKeeper, port);
  }

  Path configSets() {
    return directory.resolve("configsets");
  }

  Path configSet() {
    return configSets().resolve(EmbeddedSolr.CONFIG_SET).resolve("conf");
  }

  /** What {@code solr.xml} refers to. */
  Properties nodeProperties() {
    var properties = new Properties();
    properties.put("offshoot.solr.backups", backups().toString());
    return properties;
  }

  /** Solr reads these from nowhere else. */
  void setJvmProperties() {
    System.setProperty("disable.configEdit", "true");
    if (zooKeeper.isPresent()) {
      // nodes speak HTTP/2 to each other unless they are told not to
      System.setProperty("solr.http1", "true");
    }
    System.setProperty("solr.log.dir", directory.resolve("logs").toString());
  }

  private static String resource(String name) throws IOException {
    try (var in = SolrHome.class.getResourceAsStream("solr/" + name)) {
      if (in == null) {
        throw new IOException("The resource solr/" + name + " is not on the classpath");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
