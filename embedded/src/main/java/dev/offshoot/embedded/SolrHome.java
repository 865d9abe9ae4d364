package dev.offshoot.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import dev.offshoot.process.OwnerOnly;

/** What is where in Solr's folder. */
record SolrHome(Path directory) {
  Path backups() {
    return directory.resolve("backups");
  }

  /** The config set is written once: what was indexed with it stays readable. */
  void prepare() throws IOException {
    OwnerOnly.createDirectory(directory.resolve("cores"));
    OwnerOnly.createDirectory(backups());
    OwnerOnly.write(directory.resolve("solr.xml"), resource("solr.xml"));
    Path configSet = directory.resolve("configsets").resolve(EmbeddedSolr.CONFIG_SET).resolve("conf");
    if (!Files.exists(configSet.resolve("solrconfig.xml"))) {
      OwnerOnly.createDirectory(configSet);
      OwnerOnly.write(configSet.resolve("schema.xml"), resource("_default/schema.xml"));
      OwnerOnly.write(configSet.resolve("solrconfig.xml"), resource("_default/solrconfig.xml"));
    }
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
