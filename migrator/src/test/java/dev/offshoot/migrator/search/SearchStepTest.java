package dev.offshoot.migrator.search;

import static dev.offshoot.migrator.search.SolrFixture.SETS;
import static dev.offshoot.migrator.search.SolrFixture.SOLR;
import static dev.offshoot.migrator.search.SolrFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.common.SolrException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Stores;
import dev.offshoot.git.SampleRepository;
import dev.offshoot.worker.Failure;

class SearchStepTest {
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private static final GitRef BRANCH = GitRef.ofBranch("feature/search");
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final SolrFixture solr = new SolrFixture();
  private final String core = core("branch");
  private final String staging = core("staging");

  @TempDir
  private Path directory;

  private SampleRepository repository;
  private SearchStep step;

  @BeforeEach
  void aRepositoryHasItsConfigSetInGit() throws IOException {
    repository = SampleRepository.create(directory.resolve("shop.git"));
    step = step(SOLR);
  }

  @AfterEach
  void close() throws IOException {
    step.close();
    repository.close();
    solr.close();
  }

  private SearchStep step(SolrConfig config) {
    return SolrFixture.step(SolrFixture.config(SHOP, repository.url(), staging), config);
  }

  private String core(String kind) {
    return solr.core("step_" + kind + COUNT.incrementAndGet());
  }

  private static Stores stores(String core) {
    return new Stores(Incarnation.FIRST, new EpochId("e261121093000000"), "k1",
        List.of(SolrFixture.coordinates(core)));
  }

  private Commit commit(String... pathsAndTexts) throws IOException {
    SampleRepository.Tree tree = repository.tree().file("V1__base.sql", "SELECT 1;");
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      tree.at("solr/conf/" + pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
    return repository.commit(BRANCH, tree);
  }

  private Optional<MigrationFailure> push(String... pathsAndTexts) throws IOException {
    return step.apply(step.wanted(SHOP, commit(pathsAndTexts), stores(core)));
  }

  @Test
  void aFieldOfTheBranchIsKnownToItsNamespaceAlone() throws Exception {
    String other = core("other");
    assertThatThrownBy(() -> solr.index(core, "1", "colour", "red")).isInstanceOf(SolrException.class).hasMessageContaining("colour");

    assertThat(push("managed-schema.xml", schema("<field name=\"colour\" type=\"string\"/>"))).isEmpty();

    solr.index(core, "1", "colour", "red");
    assertThat(solr.found(core, "colour:red")).isEqualTo(1);
    for (String without : List.of(other, staging)) {
      assertThatThrownBy(() -> solr.index(without, "1", "colour", "red"))
          .isInstanceOf(SolrException.class).hasMessageContaining("colour");
    }
  }

  @Test
  void theNextPushChangesItAndWhatWasIndexedStays() throws Exception {
    assertThat(push("schema.xml", schema("<field name=\"colour\" type=\"string\"/>"))).isEmpty();
    solr.index(core, "1", "colour", "red");

    assertThat(push("schema.xml", schema("<field name=\"colour\" type=\"string\"/><field name=\"size\" type=\"plong\"/>"))).isEmpty();
    assertThat(push("schema.xml", schema("<field name=\"colour\" type=\"string\"/><field name=\"size\" type=\"plong\"/>"))).isEmpty();

    solr.index(core, "2", "size", 42);
    assertThat(solr.found(core, "size:42")).isEqualTo(1);
    assertThat(solr.found(core, "colour:red")).isEqualTo(1);
  }

  @Test
  void aBranchThatHasNoConfigSetAnyMoreHasStagings() throws Exception {
    assertThat(push("schema.xml", schema("<field name=\"colour\" type=\"string\"/>"))).isEmpty();
    assertThatThrownBy(() -> solr.index(core, "1", "name_s", "x")).isInstanceOf(SolrException.class);

    assertThat(push()).isEmpty();

    solr.index(core, "1", "name_s", "x");
    assertThat(solr.found(core, "name_s:x")).isEqualTo(1);
    assertThatThrownBy(() -> solr.index(core, "2", "colour", "red")).isInstanceOf(SolrException.class);
  }

  @Test
  void wordsAndASolrconfigOfTheBranchCount() throws Exception {
    assertThat(push("schema.xml", schema("""
        <field name="text" type="text"/>
        <fieldType name="text" class="solr.TextField"><analyzer>
          <tokenizer name="standard"/><filter name="stop" words="lang/stop.txt"/><filter name="synonymGraph" synonyms="syn.txt"/>
        </analyzer></fieldType>"""), "lang/stop.txt", "und\n", "syn.txt", "rouge => red\n", "solrconfig.xml", """
        <config>
          <luceneMatchVersion>9.12</luceneMatchVersion>
          <requestHandler name="/select" class="solr.SearchHandler"/>
          <requestHandler name="/mine" class="solr.SearchHandler"><lst name="invariants"><str name="q">text:rouge</str></lst></requestHandler>
        </config>""")).isEmpty();

    solr.index(core, "1", "text", "red und blue");
    SolrQuery mine = new SolrQuery();
    QueryRequest request = new QueryRequest(mine);
    request.setPath("/mine");
    assertThat(request.process(solr.client, core).getResults().getNumFound()).isEqualTo(1);
    assertThat(solr.found(core, "text:und")).isZero();
    assertThatThrownBy(() -> solr.admin.ask("/" + core + "/admin/file")).as("closed, though the branch says nothing of it")
        .hasMessageContaining("/admin/file is not found");
  }

  @Test
  void whatSolrDoesNotTakeIsToldAndTheNamespaceServesOn() throws Exception {
    assertThat(push("schema.xml", schema("<field name=\"colour\" type=\"string\"/>"))).isEmpty();
    solr.index(core, "1", "colour", "red");

    Optional<MigrationFailure> failure = push("schema.xml", schema("<field name=\"colour\" type=\"unheard_of\"/>"));

    assertThat(failure).hasValueSatisfying(one -> assertThat(one.reason()).contains("unheard_of", "the one before")
        .doesNotContain(SharedServers.solr().configSets().toString()));
    assertThat(solr.found(core, "colour:red")).isEqualTo(1);
    solr.index(core, "2", "colour", "red");
    assertThat(solr.found(core, "colour:red")).isEqualTo(2);
    assertThat(push("schema.xml", schema("<field name=\"colour\" type=\"string\"/><field name=\"size\" type=\"plong\"/>"))).isEmpty();
    solr.index(core, "3", "size", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "<!DOCTYPE schema [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><schema name=\"&x;\" version=\"1.7\"/>",
      "<schema name=\"x\" version=\"1.7\"><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/></schema>",
      "<schema name=\"x\" version=\"1.7\"><fieldType name=\"x\" class=\"com.example.Evil\"/></schema>"})
  void aHostileConfigSetNeverReachesSolr(String schema) throws Exception {
    assertThat(push("schema.xml", schema))
        .hasValueSatisfying(failure -> assertThat(failure.script()).contains("solr/conf/schema.xml"));
    assertThat(SETS.current(core + "-made")).contains("_default");
    try (var sets = Files.list(SharedServers.solr().configSets())) {
      assertThat(sets.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith(core + "-made."));
    }
  }

  @Test
  void filesThatAreOnNoListAreNotGivenToSolr() throws Exception {
    assertThat(push("schema.xml", schema(""), "evil.js", "x", "velocity/x.vm", "x", "xslt/x.xsl", "x", "core.properties", "x",
        "configoverlay.json", "{}", "evil.jar", "x")).isEmpty();
    try (var files = Files.walk(SharedServers.solr().configSets().resolve(SETS.current(core + "-made").orElseThrow()))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("schema.xml", "managed-schema.xml", "solrconfig.xml");
    }
  }

  @Test
  void aKilledAttemptIsCarriedOnWith() throws Exception {
    Commit commit = commit("schema.xml", schema("<field name=\"colour\" type=\"string\"/>"));
    SearchStep.Configuration wanted = (SearchStep.Configuration) step.wanted(SHOP, commit, stores(core));
    String set = SETS.write(core + "-made", wanted.config());
    SETS.taking(core + "-made", core);
    SETS.point(core + "-made", set);

    assertThat(step.apply(wanted)).isEmpty();

    solr.index(core, "1", "colour", "red");
    assertThat(SETS.good(core + "-made")).isEqualTo(set);
    assertThat(SETS.taking(core)).isEmpty();
  }

  @Test
  void aCoreThatSharesItsConfigSetIsNotChanged() throws Exception {
    String shared = "step_shared" + COUNT.incrementAndGet();
    solr.create(shared, "_default", shared);
    SearchStep.Wanted wanted = step.wanted(SHOP, commit("schema.xml", schema("")), stores(shared));
    assertThatThrownBy(() -> step.apply(wanted)).isInstanceOf(Failure.class).hasMessageContaining("offshoot replay");
    assertThat(step.apply(step.wanted(SHOP, commit(), stores(shared)))).isEmpty();
  }

  @Test
  void whereTheConfigSetsAreNotSeenThatIsSaid() throws Exception {
    try (SearchStep blind = step(new SolrConfig(SOLR.url(), SOLR.backups()))) {
      SearchStep.Wanted wanted = blind.wanted(SHOP, commit("schema.xml", schema("")), stores(core));
      assertThatThrownBy(() -> blind.apply(wanted)).isInstanceOf(Failure.class).hasMessageContaining("stores.solr.configSets");
    }
  }

  @Test
  void anEnvironmentWithoutASearchIndexIsLeftAlone() throws Exception {
    Stores none = new Stores(Incarnation.FIRST, new EpochId("e261121093000000"), "k1", List.of());
    assertThat(step.wanted(SHOP, commit("schema.xml", "no schema"), none)).isInstanceOf(SearchStep.Nothing.class);
    assertThat(step.wanted(new RepositoryKey("other"), commit(), stores(core))).isInstanceOf(SearchStep.Nothing.class);
  }
}
