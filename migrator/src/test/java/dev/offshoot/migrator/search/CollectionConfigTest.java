package dev.offshoot.migrator.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.embedded.EmbeddedSolrCloud;
import dev.offshoot.process.FreePorts;
import dev.offshoot.search.ContainedConfig;

/** A SolrCloud of one node. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class CollectionConfigTest {
  private static final String CONFIG = """
      <config>
        <luceneMatchVersion>9.12</luceneMatchVersion>
        <schemaFactory class="ClassicIndexSchemaFactory"/>
        <requestHandler name="/select" class="solr.SearchHandler"/>
      </config>
      """;

  @TempDir
  static Path directory;

  private static EmbeddedSolrCloud server;
  private static SolrAdmin admin;
  private static CollectionConfig configs;
  private static SolrClient client;

  @BeforeAll
  static void collectionsStand() {
    server = EmbeddedSolrCloud.start(directory, FreePorts.choose());
    SolrConfig config = new SolrConfig(server.baseUrl(), server.backups(), SolrConfig.Mode.CLOUD, Optional.empty());
    admin = new SolrAdmin(config);
    configs = new CollectionConfig(admin);
    client = new HttpJdkSolrClient.Builder(config.url()).useHttp1_1(true).build();
    for (String name : List.of("staging", "made", "other")) {
      admin.answer("/admin/collections", "action", "CREATE", "name", name, "numShards", "1", "collection.configName", "_default");
    }
    admin.answer("/admin/collections", "action", "CREATEALIAS", "name", "branch", "collections", "made");
  }

  @AfterAll
  static void close() throws IOException {
    client.close();
    configs.close();
    server.close();
  }

  private static ContainedConfig config(String field) {
    return new ContainedConfig(new TreeMap<>(Map.of("solrconfig.xml", CONFIG, "schema.xml", """
        <schema name="shop" version="1.7">
          <uniqueKey>id</uniqueKey>
          <field name="id" type="string" required="true"/>
          <field name="_version_" type="plong" indexed="false" stored="false" docValues="true"/>
          <fieldType name="string" class="solr.StrField" docValues="true"/>
          <fieldType name="plong" class="solr.LongPointField" docValues="true"/>
          %s
        </schema>
        """.formatted(field))));
  }

  private static void index(String into, String id, String field) throws IOException, SolrServerException {
    SolrInputDocument document = new SolrInputDocument();
    document.addField("id", id);
    document.addField(field, "x");
    client.add(into, document);
    client.commit(into);
  }

  private static List<?> configSets() {
    return (List<?>) admin.answer("/admin/configs", "action", "LIST").get("configSets");
  }

  @Test
  void aCollectionTakesABranchsConfigSetKeepsItAndGivesItBack() throws Exception {
    ContainedConfig nothing = new ContainedConfig(new TreeMap<>());
    assertThat(configs.bring("branch", nothing, "staging")).isEmpty();
    assertThat(configs.bring("branch", config("<field name=\"colour\" type=\"string\"/>"), "staging")).isEmpty();
    index("branch", "1", "colour");
    assertThat(client.query("branch", new SolrQuery("colour:x")).getResults().getNumFound()).isEqualTo(1);
    assertThatThrownBy(() -> index("other", "1", "colour")).isInstanceOf(SolrException.class);

    Optional<String> refused = configs.bring("branch", config("<field name=\"colour\" type=\"unheard_of\"/>"), "staging");

    assertThat(refused).isPresent();
    index("branch", "2", "colour");
    assertThat(configSets().stream().filter(set -> String.valueOf(set).startsWith("made.c"))).hasSize(1);
    assertThat(configs.bring("branch", config("<field name=\"size\" type=\"string\"/>"), "staging")).isEmpty();
    index("branch", "3", "size");
    assertThat(configs.bring("branch", nothing, "staging")).isEmpty();
    index("branch", "4", "name_s");
    assertThat(configSets().stream().map(String::valueOf)).containsExactly("_default");
  }

  @Test
  void aConfigSetThatIsNotWholeIsRefused() {
    assertThat(configs.bring("branch", new ContainedConfig(new TreeMap<>(Map.of("schema.xml", "<schema/>"))), "staging"))
        .hasValueSatisfying(why -> assertThat(why).contains("solrconfig.xml"));
  }
}
