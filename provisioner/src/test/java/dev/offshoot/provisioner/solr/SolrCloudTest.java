package dev.offshoot.provisioner.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.ConfigSetAdminRequest;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.ContentStreamBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.embedded.EmbeddedSolrCloud;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.process.FreePorts;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.provisioner.store.StoreContract;

/** Collections of a SolrCloud of one node. Each restore takes it two and a half seconds. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class SolrCloudTest implements StoreContract {
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("shop", "unused", Optional.of("staging"));

  @TempDir
  static Path directory;

  private static EmbeddedSolrCloud server;
  private static SolrConfig config;
  private static SolrStore store;
  private static Optional<StoreSnapshot> epoch;

  @BeforeAll
  static void aStagingCollectionStands() throws Exception {
    server = EmbeddedSolrCloud.start(directory, FreePorts.choose());
    config = new SolrConfig(server.baseUrl(), server.backups(), SolrConfig.Mode.CLOUD, Optional.empty());
    store = new SolrStore(config, Clock.systemUTC());
    try (SolrCalls calls = new SolrCalls(config)) {
      calls.ask("/admin/collections", "action", "CREATE", "name", "staging", "numShards", "1",
          "collection.configName", "_default");
    }
    add("staging");
    add("staging");
    try (SolrEpochs epochs = new SolrEpochs(config, PostgresFixture.CREDENTIALS, Clock.systemUTC())) {
      epoch = epochs.snapshot(REPOSITORY, EPOCH);
      assertThat(epochs.snapshot(REPOSITORY, EPOCH)).isPresent();
      assertThat(epochs.holds(epoch.orElseThrow())).isTrue();
    }
  }

  @AfterAll
  static void close() {
    store.close();
    server.close();
  }

  private static SolrClient client() {
    return new HttpJdkSolrClient.Builder(config.url()).useHttp1_1(true).build();
  }

  private static void add(String collection) throws IOException, SolrServerException {
    try (SolrClient client = client()) {
      SolrInputDocument document = new SolrInputDocument();
      document.addField("id", UUID.randomUUID().toString());
      client.add(collection, document);
      client.commit(collection);
    }
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Optional<StoreSnapshot> epoch() {
    return epoch;
  }

  @Override
  public long content(Made made) throws IOException, SolrServerException {
    try (SolrClient client = client()) {
      return client.query(made.coordinates().name(), new SolrQuery("*:*")).getResults().getNumFound();
    }
  }

  @Override
  public void work(Made made) throws IOException, SolrServerException {
    add(made.coordinates().name());
  }

  @Override
  public void leaveHalfMade(Owner owner) {
    try (CloudNamespaces namespaces = new CloudNamespaces(config)) {
      namespaces.create(SolrNames.unfinished(owner.name()), SolrNames.folder(blueprint(owner).tag()),
          epoch.orElseThrow().name());
    }
  }

  @Override
  public Optional<Store> refused() {
    return Optional.empty();
  }

  @Override
  public Store away() {
    return new SolrStore(new SolrConfig("http://127.0.0.1:" + FreePorts.choose() + "/solr", config.backups(),
        SolrConfig.Mode.CLOUD, Optional.empty()), Clock.systemUTC());
  }

  @Override
  public Optional<Store> throttled() {
    return Optional.empty();
  }

  @Test
  void aConfigSetOfItsOwnGoesWithTheNamespace() throws Exception {
    Made made = made(owner("feature/own-config", 1));
    try (SolrCalls calls = new SolrCalls(config)) {
      String collection = SolrNames.folder(blueprint(made.owner()).tag());
      ConfigSetAdminRequest.Upload upload = new ConfigSetAdminRequest.Upload();
      upload.setConfigSetName(collection + ".c0123456789abcdef");
      upload.setUploadStream(new ContentStreamBase.ByteArrayStream(zipped("schema.xml", "<schema/>"), "set", "application/octet-stream"));
      calls.client().request(upload);
      assertThat(configSets(calls)).contains(collection + ".c0123456789abcdef");

      store.delete(made.owner(), new Removal.Kept(store.snapshot(made.owner()).orElseThrow()));

      assertThat(configSets(calls)).contains("_default").noneMatch(set -> set.startsWith(collection));
    }
  }

  private static List<String> configSets(SolrCalls calls) {
    return ((List<?>) calls.ask("/admin/configs", "action", "LIST").get("configSets")).stream().map(String::valueOf).toList();
  }

  private static byte[] zipped(String name, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry(name));
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void aNamespaceHoldsWhatStagingHeld() throws Exception {
    assertThat(content(made(owner("feature/cloud", 1)))).isEqualTo(2);
  }

  @Test
  void whatWasRestoredTwiceUnderOneIdIsOnce() throws Exception {
    Owner owner = owner("feature/twice-restored", 1);
    leaveHalfMade(owner);
    leaveHalfMade(owner);
    assertThat(content(made(owner))).isEqualTo(2);
    try (CloudNamespaces namespaces = new CloudNamespaces(config)) {
      assertThat(namespaces.list()).filteredOn(one -> one.directory().startsWith(owner.name().value())).hasSize(1);
    }
  }
}
