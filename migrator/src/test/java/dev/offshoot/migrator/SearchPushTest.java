package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Stores;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.git.SampleRepository;
import dev.offshoot.migrator.search.SearchStep;
import dev.offshoot.migrator.search.SolrFixture;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** A push's search configuration beside its migrations. */
class SearchPushTest {
  private static final String CORE = "search_push";

  @TempDir
  private Path directory;

  @Test
  void aConfigSetThatIsRefusedFailsThePushLikeAMigrationAndTheNextHealsIt() throws Exception {
    CloneFixture clone = CloneFixture.baselined();
    MemoryContext context = clone.standing();
    Stores stores = context.environment().stores().orElseThrow();
    context.with(new Stores(stores.incarnation(), stores.epoch(), stores.keyId(), List.of(stores.coordinates().getFirst(),
        SolrFixture.coordinates(CORE))));
    try (WorkerFixture fixture = new WorkerFixture(directory, Duration.ofMinutes(1));
        SolrFixture solr = new SolrFixture();
        SearchStep search = SolrFixture.step(config(fixture.repository.url()), SolrFixture.SOLR)) {
      solr.core(CORE);
      String url = fixture.repository.url();
      MigratorWorker worker = new MigratorWorker(
          Map.of(CloneFixture.SHOP, new MigrationFiles(new JGitRepository(url), config(url))),
          new Databases(new Credentials(CloneFixture.CREDENTIALS), WorkerFixture.CHILDREN, Duration.ofMinutes(1)), search,
          fixture.blobs, Clock.systemUTC());

      Outcome hostile = push(worker, clone, context, commit(fixture, "<fieldType name=\"x\" class=\"com.example.Evil\"/>", 2));
      assertThat(failure(hostile).script()).contains("solr/conf/schema.xml");
      assertThat(failure(hostile).line()).contains(7);
      assertThat(clone.ask("SELECT to_regclass('made_2')")).as("refused before anything was migrated").isEqualTo("null");

      Outcome wrong = push(worker, clone, context, commit(fixture, "<field name=\"x\" type=\"unheard_of\"/>", 2));
      assertThat(failure(wrong).reason()).contains("unheard_of");
      assertThat(clone.ask("SELECT to_regclass('made_2')")).isEqualTo("made_2");

      assertSucceeded(push(worker, clone, context, commit(fixture, "<field name=\"colour\" type=\"string\"/>", 2)));
      solr.index(CORE, "1", "colour", "red");
      assertThat(solr.found(CORE, "colour:red")).isEqualTo(1);
    }
  }

  private static RepositoryConfig config(String url) {
    return SolrFixture.config(CloneFixture.SHOP, url, "staging");
  }

  private static Commit commit(WorkerFixture fixture, String field, int version) throws Exception {
    SampleRepository.Tree tree = fixture.tree("V" + version + "__made.sql", "CREATE TABLE made_" + version + " (id int);");
    return fixture.bareCommit(tree.file("V1__base.sql", CloneFixture.BASE).at("solr/conf/schema.xml", SolrFixture.schema(field)));
  }

  private static Outcome push(MigratorWorker worker, CloneFixture clone, MemoryContext context, Commit commit) throws Exception {
    Outcome outcome = WorkerFixture.handle(worker, clone.commitAccepted(commit), context);
    WorkerFixture.publication(outcome).facets().forEach(context::with);
    return outcome;
  }
}
