package dev.offshoot.provisioner.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.embedded.EmbeddedSolr;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.process.FreePorts;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.provisioner.store.StoreContract;
import dev.offshoot.search.ConfigSet;
import dev.offshoot.search.ConfigSetFolder;
import dev.offshoot.search.ContainedConfig;
import dev.offshoot.worker.Failure;

class SolrStoreTest implements StoreContract {
  private static final SolrConfig CONFIG = new SolrConfig(SharedServers.solr().baseUrl(), SharedServers.solr().backups())
      .with(SharedServers.solr().configSets());
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("shop", "unused",
      Optional.of("solr_staging"));
  private static final SolrEpochs EPOCHS = new SolrEpochs(CONFIG, PostgresFixture.CREDENTIALS, Clock.systemUTC());
  private static final PlainAnswers ANSWERING = PlainAnswers.open();
  private static final Store STORE = new SolrStore(CONFIG, Clock.systemUTC());

  @BeforeAll
  static void aStagingCoreStands() throws Exception {
    try (Cores cores = new Cores(CONFIG)) {
      cores.create("solr_staging", "solr_staging");
    }
    for (int i = 0; i < 10; i++) {
      add("solr_staging");
    }
  }

  private static void add(String core) throws IOException, SolrServerException {
    try (SolrClient client = new HttpJdkSolrClient.Builder(CONFIG.url()).useHttp1_1(true).build()) {
      SolrInputDocument document = new SolrInputDocument();
      document.addField("id", UUID.randomUUID().toString());
      client.add(core, document);
      client.commit(core);
    }
  }

  @Override
  public Store store() {
    return STORE;
  }

  @Override
  public Optional<StoreSnapshot> epoch() {
    return EPOCHS.snapshot(REPOSITORY, EPOCH);
  }

  @Override
  public long content(Made made) throws IOException, SolrServerException {
    try (SolrClient client = new HttpJdkSolrClient.Builder(CONFIG.url()).useHttp1_1(true).build()) {
      return client.query(made.coordinates().name(), new SolrQuery("*:*")).getResults().getNumFound();
    }
  }

  @Override
  public void work(Made made) throws IOException, SolrServerException {
    add(made.coordinates().name());
  }

  @Override
  public void leaveHalfMade(Owner owner) {
    try (Cores cores = new Cores(CONFIG)) {
      cores.create("t_" + owner.name(), SolrNames.folder(blueprint(owner).tag()));
    }
  }

  private static Store at(String url) {
    return new SolrStore(new SolrConfig(url, CONFIG.backups()), Clock.systemUTC());
  }

  @Override
  public Optional<Store> refused() {
    return Optional.of(at(ANSWERING.url(401)));
  }

  @Override
  public Store away() {
    return at("http://127.0.0.1:" + FreePorts.choose() + "/solr");
  }

  @Override
  public Optional<Store> throttled() {
    return Optional.of(at(ANSWERING.url(429)));
  }

  @AfterAll
  static void nobodyAnswersAnyMore() {
    ANSWERING.close();
  }

  @Test
  void aServerThatAsksForALoginGetsIt(@TempDir Path directory) throws Exception {
    int port = FreePorts.choose();
    SolrSecurity.write(directory, "admin", "one password");
    String url = "http://127.0.0.1:" + port + "/solr";
    try (EmbeddedSolr _ = EmbeddedSolr.start(directory, port)) {
      Store stranger = new SolrStore(new SolrConfig(url, directory.resolve("backups"), SolrConfig.Mode.STANDALONE,
          Optional.of(new SolrConfig.Login("admin", new Secret("another")))), Clock.systemUTC());
      assertThatThrownBy(() -> stranger.find(owner("feature/stranger", 1)))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.DENIED));
      SolrConfig known = new SolrConfig(url, directory.resolve("backups"), SolrConfig.Mode.STANDALONE,
          Optional.of(new SolrConfig.Login("admin", new Secret("one password"))));
      try (Cores cores = new Cores(known)) {
        cores.create("solr_staging", "solr_staging");
      }
      Optional<StoreSnapshot> epoch = new SolrEpochs(known, PostgresFixture.CREDENTIALS, Clock.systemUTC()).snapshot(REPOSITORY, EPOCH);
      Store store = new SolrStore(known, Clock.systemUTC());
      Owner owner = owner("feature/known", 1);
      store.ensure(new Blueprint(blueprint(owner).tag(), Blueprint.Source.of(epoch)));
      assertThat(store.find(owner)).isPresent();
    }
  }

  @Test
  void aNamespaceHoldsWhatStagingHeldAndStagingStaysAsItIs() throws Exception {
    Made made = made(owner("feature/search", 1));
    assertThat(content(made)).isEqualTo(10);
    work(made);
    try (SolrClient client = new HttpJdkSolrClient.Builder(CONFIG.url()).useHttp1_1(true).build()) {
      assertThat(client.query("solr_staging", new SolrQuery("*:*")).getResults().getNumFound()).isEqualTo(10);
    }
  }

  @Test
  void whatWasKeptIsRestoredAsTheNextIncarnation() throws Exception {
    Made made = made(owner("feature/found-again", 1));
    work(made);
    BackupReceipt receipt = STORE.snapshot(made.owner()).orElseThrow();
    STORE.delete(made.owner(), new Removal.Kept(receipt));
    Owner next = owner("feature/found-again", 2);
    Blueprint again = new Blueprint(new OwnerTag(next, EPOCH, INTENT), new Blueprint.Source.Backup(receipt));
    Made restored = new Made(next, STORE.ensure(again));
    assertThat(content(restored)).isEqualTo(11);
    work(restored);
    assertThat(STORE.ensure(again)).isEqualTo(restored.coordinates());
    assertThat(content(restored)).isEqualTo(12);
    STORE.delete(made.owner(), new Removal.Expired(receipt));
    Blueprint late = new Blueprint(new OwnerTag(owner("feature/found-again", 3), EPOCH, INTENT), new Blueprint.Source.Backup(receipt));
    assertThatThrownBy(() -> STORE.ensure(late)).isInstanceOf(Failure.class);
  }

  @Test
  void aSpoiledBackupIsFoundAndNothingIsRemoved() throws Exception {
    Made made = made(owner("feature/flipped-index", 1));
    BackupReceipt receipt = STORE.snapshot(made.owner()).orElseThrow();
    Path file;
    try (var files = Files.walk(CONFIG.backups().resolve("snapshot." + receipt.kept()))) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(file, bad);
    assertThatThrownBy(() -> STORE.delete(made.owner(), new Removal.Kept(receipt)))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID));
    assertThat(STORE.list(made.owner().repository(), made.owner().environment())).hasSize(1);
    Files.write(file, good);
    STORE.delete(made.owner(), new Removal.Kept(receipt));
    assertThat(STORE.list(made.owner().repository(), made.owner().environment())).isEmpty();
  }

  @Test
  void namesAndTagsOutliveTheServer(@TempDir Path directory) throws Exception {
    Owner owner = owner("feature/restarted", 1);
    Owner closed = owner("feature/closed", 1);
    int port = FreePorts.choose();
    SolrConfig config = new SolrConfig("http://127.0.0.1:" + port + "/solr", directory.resolve("backups"))
        .with(directory.resolve("configsets"));
    Store store = new SolrStore(config, Clock.systemUTC());
    RepositoryConfig repository = PostgresFixture.repository("shop", "unused", Optional.of("first"));
    try (EmbeddedSolr _ = EmbeddedSolr.start(directory, port)) {
      try (Cores cores = new Cores(config)) {
        cores.create("first", "first");
      }
      Optional<StoreSnapshot> epoch = new SolrEpochs(config, PostgresFixture.CREDENTIALS, Clock.systemUTC()).snapshot(repository, EPOCH);
      store.ensure(new Blueprint(blueprint(owner).tag(), Blueprint.Source.of(epoch)));
      store.ensure(new Blueprint(blueprint(closed).tag(), Blueprint.Source.of(epoch)));
      assertThat(store.snapshot(closed)).isPresent();
    }
    try (EmbeddedSolr _ = EmbeddedSolr.start(directory, port)) {
      Standing again = Eventually.await("the core is loaded", Duration.ofMinutes(2), () -> store.find(owner)
          .orElseThrow(), found -> true);
      assertThat(again.tag()).isEqualTo(blueprint(owner).tag());
      assertThat(store.find(closed)).isEmpty();
      store.delete(closed, new Removal.Kept(store.snapshot(closed).orElseThrow()));
      assertThat(store.list(closed.repository(), closed.environment())).isEmpty();
    }
  }

  @Test
  void eachNamespaceHasAConfigSetOfItsOwnThatGoesWithIt() throws Exception {
    Made one = made(owner("feature/own-config", 1));
    Made other = made(owner("feature/other-config", 1));
    assertThat(configSets(one)).singleElement().satisfies(link -> assertThat(Files.readSymbolicLink(link)).hasToString("_default"));
    assertThat(configSets(other)).hasSize(1).doesNotContainAnyElementsOf(configSets(one));

    STORE.delete(one.owner(), new Removal.Kept(STORE.snapshot(one.owner()).orElseThrow()));

    assertThat(configSets(one)).isEmpty();
    assertThat(configSets(other)).hasSize(1);
  }

  /** As little as a branch may have. */
  @Test
  void aNamespaceWithItsBranchsConfigSetIsBackedUpComparedAndRestored() throws Exception {
    Made made = made(owner("feature/least-config", 1));
    ConfigSet least = new ConfigSet("solr/conf", List.of(new ConfigSet.ConfigFile("schema.xml", """
        <schema name="least" version="1.7">
          <uniqueKey>id</uniqueKey><field name="id" type="string"/>
          <field name="_version_" type="long" indexed="false" stored="false"/>
          <fieldType name="string" class="solr.StrField"/><fieldType name="long" class="solr.LongPointField" docValues="true"/>
        </schema>"""), new ConfigSet.ConfigFile("solrconfig.xml", """
        <config><luceneMatchVersion>9.12</luceneMatchVersion><requestHandler name="/select" class="solr.SearchHandler"/></config>""")), List.of());
    ContainedConfig config = ((ContainedConfig.Accepted) ContainedConfig.of(least)).config();
    ConfigSetFolder folder = new ConfigSetFolder(SharedServers.solr().configSets());
    try (Cores cores = new Cores(CONFIG)) {
      String core = cores.find(made.coordinates().name()).orElseThrow().directory();
      folder.point(core, folder.write(core, config));
      cores.calls().ask(Cores.ADMIN, "action", "RELOAD", "core", made.coordinates().name());
    }
    work(made);

    BackupReceipt receipt = STORE.snapshot(made.owner()).orElseThrow();
    STORE.delete(made.owner(), new Removal.Kept(receipt));

    Owner next = owner("feature/least-config", 2);
    Made restored = new Made(next, STORE.ensure(new Blueprint(new OwnerTag(next, EPOCH, INTENT), new Blueprint.Source.Backup(receipt))));
    assertThat(content(restored)).isEqualTo(11);
    assertThat(configSets(made)).isEmpty();
  }

  private static List<Path> configSets(Made made) throws IOException {
    try (var sets = Files.list(SharedServers.solr().configSets())) {
      return sets.filter(set -> set.getFileName().toString().startsWith(made.coordinates().name() + "-")).toList();
    }
  }

  @Test
  void aSnapshotIsHeldForAsLongAsItsBackupIsThere() {
    StoreSnapshot part = EPOCHS.snapshot(REPOSITORY, EPOCH).orElseThrow();
    assertThat(EPOCHS.holds(part)).isTrue();
    assertThat(EPOCHS.holds(new StoreSnapshot(part.kind(), part.name() + "x", part.cutAt(), part.bytes()))).isFalse();
  }

  @Test
  void aRepositoryWithoutACoreHasNoSearchIndex() {
    assertThat(EPOCHS.snapshot(PostgresFixture.repository("plain", "unused", Optional.empty()), EPOCH)).isEmpty();
  }

  @Test
  void aStagingCoreThatIsNotThereIsTold() {
    RepositoryConfig wrong = PostgresFixture.repository("shop", "unused", Optional.of("nowhere"));
    assertThatThrownBy(() -> EPOCHS.snapshot(wrong, EpochId.at(INTENT)))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID))
        .hasMessageContaining("nowhere");
  }
}
