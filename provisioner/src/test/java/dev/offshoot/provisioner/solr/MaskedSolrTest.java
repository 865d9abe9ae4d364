package dev.offshoot.provisioner.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.masking.MaskRule;
import dev.offshoot.provisioner.masking.MaskedText;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.worker.Failure;

class MaskedSolrTest {
  private static final String STAGING = "masked_staging";
  private static final EpochId EPOCH = EpochId.at(Instant.parse("2026-11-22T09:00:00Z"));
  private static final SolrConfig CONFIG =
      new SolrConfig(SharedServers.solr().baseUrl(), SharedServers.solr().backups());
  private static final SolrEpochs EPOCHS = new SolrEpochs(CONFIG, PostgresFixture.CREDENTIALS, Clock.systemUTC());

  @TempDir
  private Path folder;

  @BeforeAll
  static void stagingHasSecrets() throws Exception {
    try (Cores cores = new Cores(CONFIG);
        HttpJdkSolrClient client = new HttpJdkSolrClient.Builder(CONFIG.url()).useHttp1_1(true).build()) {
      cores.create(STAGING, STAGING);
      List<SolrInputDocument> documents = new ArrayList<>();
      for (int i = 0; i < 1_200; i++) {
        SolrInputDocument document = new SolrInputDocument();
        document.addField("id", "d" + i);
        document.addField("email_s", "canary" + i);
        document.addField("tags_ss", "canary one");
        document.addField("tags_ss", "canary two");
        document.addField("price_i", i);
        documents.add(document);
      }
      client.add(STAGING, documents);
      client.commit(STAGING);
    }
  }

  private RepositoryConfig repository(String policy) throws IOException {
    Path file = Files.writeString(folder.resolve("masking.yaml"), policy);
    RepositoryConfig plain = PostgresFixture.repository("masked", "unused", Optional.of(STAGING));
    return new RepositoryConfig(plain.key(), plain.host(), plain.fullName(), plain.url(), plain.defaultBranch(), plain.secrets(),
        plain.create(), plain.migrations(), plain.staging().with(new StagingConfig.Snapshots(
            Optional.empty(), StagingConfig.Way.AUTO, Optional.empty(), Optional.of(file))));
  }

  private static boolean hasCanary(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("canary");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theBackupHoldsMaskedDocumentsAndNothingElseIsLeft() throws Exception {
    RepositoryConfig repository = repository("solr: {id: clear, email_s: hash, tags_ss: {fixed: tag}, '*_i': clear}");

    StoreSnapshot part = EPOCHS.snapshot(repository, EPOCH).orElseThrow();

    assertThat(part.masked()).containsExactly("masked_staging.email_s", "masked_staging.tags_ss");
    try (Stream<Path> files = Files.walk(CONFIG.backups().resolve("snapshot." + part.name()))) {
      assertThat(files.filter(Files::isRegularFile)).isNotEmpty().noneMatch(MaskedSolrTest::hasCanary);
    }
    try (Cores cores = new Cores(CONFIG)) {
      assertThat(cores.list()).extracting(Cores.Core::name).doesNotContain("t_" + part.name());
      cores.create("masked_look", "masked_look");
      new SolrBackups(cores, CONFIG).restore("masked_look", part.name());
      assertThat(cores.find("masked_look").orElseThrow().documents()).isEqualTo(1_200);
      String wanted = new MaskedText(PostgresFixture.CREDENTIALS.maskingKey(repository.key()))
          .of(new MaskRule.Hash(), "canary0").orElseThrow();
      List<Object> seen = new ArrayList<>();
      cores.eachPage("masked_look", "id", page -> page.stream().filter(d -> "d0".equals(d.getFieldValue("id")))
          .forEach(d -> seen.addAll(List.of(d.getFieldValue("email_s"), d.getFieldValues("tags_ss"), d.getFieldValue("price_i")))));
      assertThat(seen).containsExactly(wanted, List.of("tag", "tag"), 0);
      cores.remove("masked_look");
    }
    EPOCHS.retire(repository, EPOCH);
    assertThat(EPOCHS.holds(part)).isFalse();
  }

  @Test
  void aFieldThatIsNotMentionedStopsTheSnapshot() throws Exception {
    RepositoryConfig repository = repository("solr: {id: clear, email_s: hash}");

    assertThatThrownBy(() -> EPOCHS.snapshot(repository, EPOCH)).isInstanceOf(Failure.class)
        .hasMessageContainingAll("price_i", "tags_ss", "staging.masking")
        .extracting(f -> ((Failure) f).kind()).isEqualTo(Failure.Kind.INVALID);
    try (Cores cores = new Cores(CONFIG)) {
      assertThat(cores.list()).extracting(Cores.Core::name).noneMatch(name -> name.startsWith("t_masked"));
    }
  }

  @Test
  void theUniqueKeyCannotBeMasked() throws Exception {
    RepositoryConfig repository = repository("solr: {'*': hash}");

    assertThatThrownBy(() -> EPOCHS.snapshot(repository, EPOCH)).hasMessageContaining("id is the unique key");
  }
}
