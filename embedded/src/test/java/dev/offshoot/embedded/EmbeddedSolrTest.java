package dev.offshoot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.process.FreePorts;

class EmbeddedSolrTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir
  Path directory;

  @Test
  void aRestartOnAnotherPortKeepsTheNamespaces() throws Exception {
    try (var solr = EmbeddedSolr.start(directory, FreePorts.choose())) {
      create(solr, "shop");
      add(solr, "shop", "[{'id':'1','title_t':'A Cool page','price_i':3,'made_dt':'2026-01-02T03:04:05Z'}]");
    }
    try (var solr = EmbeddedSolr.start(directory, FreePorts.choose())) {
      assertThat(found(solr, "shop", "title_t:cool%20AND%20price_i:%5B1%20TO%205%5D")).isEqualTo(1);
    }
  }

  @Test
  void aBackupIsRestoredIntoANewNamespace() throws Exception {
    var solr = SharedServers.solr();
    create(solr, "staging");
    add(solr, "staging", "[{'id':'1'},{'id':'2'}]");
    get(solr, "/staging/replication?command=backup&name=e1&location=" + solr.backups());
    Eventually.await("the backup is whole", SOON,
        () -> get(solr, "/staging/replication?command=details").at("/details/backup"),
        backup -> backup.toString().contains("success") && backup.toString().contains("e1"));

    create(solr, "branch");
    get(solr, "/branch/replication?command=restore&name=e1&location=" + solr.backups());

    Eventually.await("the restored documents are found", SOON, () -> found(solr, "branch", "*:*") == 2);
  }

  @Test
  void backupsOutsideTheirFolderAreRefused() throws Exception {
    var solr = SharedServers.solr();
    create(solr, "confined");
    var answer = send(solr, "/confined/replication?command=backup&name=e1&location=/tmp", "");
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void whatRunsExpressionsOrChangesConfigurationIsOff() throws Exception {
    var solr = SharedServers.solr();
    create(solr, "closed");
    assertThat(send(solr, "/closed/stream?expr=echo(hi)", "").statusCode()).isEqualTo(404);
    assertThat(send(solr, "/closed/sql?stmt=SELECT%201", "").statusCode()).isEqualTo(404);
    assertThat(send(solr, "/closed/config", "{'set-user-property':{'a':'b'}}").statusCode()).isEqualTo(403);
    assertThat(send(solr, "/closed/schema", "{'add-field':{'name':'a','type':'string'}}").statusCode())
        .isGreaterThanOrEqualTo(400);
    assertThat(send(solr, "/closed/select?q=*:*&stream.url=file:///etc/passwd", "").statusCode()).isEqualTo(400);
  }

  @Test
  void aTakenPortIsTold() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedSolr.start(directory, taken.getLocalPort()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContainingAll("Solr", "127.0.0.1:" + taken.getLocalPort());
    }
  }

  private static void create(EmbeddedSolr solr, String name) throws Exception {
    get(solr, "/admin/cores?action=CREATE&name=" + name + "&configSet=" + EmbeddedSolr.CONFIG_SET);
  }

  private static void add(EmbeddedSolr solr, String core, String documents) throws Exception {
    var answer = send(solr, "/" + core + "/update?commit=true", documents.replace('\'', '"'));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static long found(EmbeddedSolr solr, String core, String query) throws Exception {
    return get(solr, "/" + core + "/select?q=" + query).at("/response/numFound").asLong();
  }

  private static JsonNode get(EmbeddedSolr solr, String path) throws Exception {
    var answer = send(solr, path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private static HttpResponse<String> send(EmbeddedSolr solr, String path, String body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(solr.baseUrl() + path));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
