package dev.offshoot.migrator.search;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.common.SolrInputDocument;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.search.ConfigSetFolder;

/** The shared Solr, with namespaces as the provisioner makes them, and a repository that has its config set in git. */
public final class SolrFixture implements AutoCloseable {
  public static final SolrConfig SOLR =
      new SolrConfig(SharedServers.solr().baseUrl(), SharedServers.solr().backups()).with(SharedServers.solr().configSets());
  static final ConfigSetFolder SETS = new ConfigSetFolder(SharedServers.solr().configSets());

  final SolrAdmin admin = new SolrAdmin(SOLR);
  final SolrClient client = new HttpJdkSolrClient.Builder(SOLR.url()).useHttp1_1(true).build();

  /** A schema of an id and what is given besides. */
  public static String schema(String more) {
    return """
        <schema name="shop" version="1.7">
          <uniqueKey>id</uniqueKey>
          <field name="id" type="string" required="true"/>
          <field name="_version_" type="plong" indexed="false" stored="false" docValues="true"/>
          <fieldType name="string" class="solr.StrField" docValues="true"/>
          <fieldType name="plong" class="solr.LongPointField" docValues="true"/>
          %s
        </schema>
        """.formatted(more);
  }

  /** @param staging Staging's core */
  public static RepositoryConfig config(RepositoryKey shop, String url, String staging) {
    return new RepositoryConfig(shop, GitHostName.GITEA, "acme/shop", url, "main", List.of(), RepositoryConfig.Creation.ON_PUSH,
        RepositoryConfig.DEFAULT_MIGRATIONS, new StagingConfig("shop", Optional.of(staging)).withConfigSet("solr/conf"));
  }

  public static SearchStep step(RepositoryConfig config, SolrConfig solr) {
    return SearchStep.of(List.of(config), solr, one -> new JGitRepository(one.url()));
  }

  public static StoreCoordinates coordinates(String core) {
    return new StoreCoordinates(StoreKind.SOLR, "127.0.0.1", SharedServers.solr().port(), core, "");
  }

  /** With a config set of its own. */
  public String core(String name) {
    SETS.bind(name + "-made");
    create(name, name + "-made", name + "-made");
    return name;
  }

  void create(String name, String configSet, String folder) {
    admin.answer("/admin/cores", "action", "CREATE", "name", name, "configSet", configSet, "instanceDir", folder);
  }

  public void index(String into, String id, String field, Object value) throws IOException, SolrServerException {
    SolrInputDocument document = new SolrInputDocument();
    document.addField("id", id);
    document.addField(field, value);
    client.add(into, document);
    client.commit(into);
  }

  public long found(String in, String query) throws IOException, SolrServerException {
    return client.query(in, new SolrQuery(query)).getResults().getNumFound();
  }

  @Override
  public void close() throws IOException {
    admin.close();
    client.close();
  }
}
