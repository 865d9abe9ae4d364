package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.git.SampleRepository;
import dev.offshoot.migrator.search.SearchStep;
import dev.offshoot.search.ConfigSetFolder;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** A push's search configuration beside its migrations. */
class SearchPushTest {
  private static final String CORE = "search_push";
  private static final SolrConfig SOLR =
      new SolrConfig(SharedServers.solr().baseUrl(), SharedServers.solr().backups()).with(SharedServers.solr().configSets());

  @TempDir
  private Path directory;

  private static String schema(String field) {
    return """
        <schema name="shop" version="1.7">
          <uniqueKey>id</uniqueKey>
          <field name="id" type="string" required="true"/>
          <field name="_version_" type="plong" indexed="false" stored="false" docValues="true"/>
          <fieldType name="string" class="solr.StrField" docValues="true"/>
          <fieldType name="plong" class="solr.LongPointField" docValues="true"/>
          %s
        </schema>
        """.formatted(field);
  }

  @Test
  void aConfigSetThatIsRefusedFailsThePushLikeAMigrationAndTheNextHealsIt() throws Exception {
    CloneFixture clone = CloneFixture.baselined();
    MemoryContext context = clone.standing();
    Stores stores = context.environment().stores().orElseThrow();
    context.with(new Stores(stores.incarnation(), stores.epoch(), stores.keyId(), List.of(stores.coordinates().getFirst(),
        new StoreCoordinates(StoreKind.SOLR, "127.0.0.1", SharedServers.solr().port(), CORE, ""))));
    new ConfigSetFolder(SharedServers.solr().configSets()).bind(CORE + "-made");
    try (WorkerFixture fixture = new WorkerFixture(directory, Duration.ofMinutes(1));
        SolrClient solr = new HttpJdkSolrClient.Builder(SOLR.url()).useHttp1_1(true).build();
        SearchStep search = SearchStep.of(List.of(config(fixture.repository.url())), SOLR, one -> new JGitRepository(one.url()))) {
      solr.request(new GenericSolrRequest(METHOD.GET, "/admin/cores", new ModifiableSolrParams().set("action", "CREATE").set("name", CORE)
          .set("configSet", CORE + "-made").set("instanceDir", CORE + "-made")));
      String url = fixture.repository.url();
      MigratorWorker worker = new MigratorWorker(
          Map.of(CloneFixture.SHOP, new MigrationFiles(new JGitRepository(url), config(url))),
          new Databases(new Credentials(CloneFixture.CREDENTIALS), WorkerFixture.CHILDREN, Duration.ofMinutes(1)), search, fixture.blobs, Clock.systemUTC());

      Outcome hostile = push(worker, clone, context, commit(fixture, "<fieldType name=\"x\" class=\"com.example.Evil\"/>", 2));
      assertThat(failure(hostile).script()).contains("solr/conf/schema.xml");
      assertThat(failure(hostile).line()).contains(7);
      assertThat(clone.ask("SELECT to_regclass('made_2')")).as("refused before anything was migrated").isEqualTo("null");

      Outcome wrong = push(worker, clone, context, commit(fixture, "<field name=\"x\" type=\"unheard_of\"/>", 2));
      assertThat(failure(wrong).reason()).contains("unheard_of");
      assertThat(clone.ask("SELECT to_regclass('made_2')")).isEqualTo("made_2");

      assertSucceeded(push(worker, clone, context, commit(fixture, "<field name=\"colour\" type=\"string\"/>", 2)));
      SolrInputDocument document = new SolrInputDocument();
      document.addField("id", "1");
      document.addField("colour", "red");
      solr.add(CORE, document);
      solr.commit(CORE);
      assertThat(solr.query(CORE, new SolrQuery("colour:red")).getResults().getNumFound()).isEqualTo(1);
    }
  }

  private static RepositoryConfig config(String url) {
    return new RepositoryConfig(CloneFixture.SHOP, GitHostName.GITEA, "acme/shop", url, "main", List.of(), RepositoryConfig.Creation.ON_PUSH,
        RepositoryConfig.DEFAULT_MIGRATIONS, new StagingConfig("shop", Optional.of("staging")).withConfigSet("solr/conf"));
  }

  private static Commit commit(WorkerFixture fixture, String field, int version) throws Exception {
    SampleRepository.Tree tree = fixture.tree("V" + version + "__made.sql", "CREATE TABLE made_" + version + " (id int);");
    return fixture.bareCommit(tree.file("V1__base.sql", CloneFixture.BASE).at("solr/conf/schema.xml", schema(field)));
  }

  private static Outcome push(MigratorWorker worker, CloneFixture clone, MemoryContext context, Commit commit) throws Exception {
    Outcome outcome = WorkerFixture.handle(worker, clone.commitAccepted(commit), context);
    WorkerFixture.publication(outcome).facets().forEach(context::with);
    return outcome;
  }
}
