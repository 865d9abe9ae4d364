package dev.offshoot.provisioner.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.solr.common.cloud.SolrZkClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.embedded.EmbeddedSolrCloud;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.process.FreePorts;

/** What Solr's own rules can do for a user of one collection of a SolrCloud: nothing of ours makes such users yet. */
@Tag("slow")
class SolrCloudUsersTest {
  @TempDir
  private Path directory;

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private int ask(String url, String user, String... pathsAndMore) throws IOException, InterruptedException {
    return answer(url, user, pathsAndMore).statusCode();
  }

  private HttpResponse<String> answer(String url, String user, String... pathsAndMore) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + pathsAndMore[0])).timeout(Duration.ofSeconds(60));
    if (!user.isEmpty()) {
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":pass").getBytes(StandardCharsets.UTF_8)));
    }
    if (pathsAndMore.length > 1) {
      request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(pathsAndMore[1]));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String join(String query) {
    return URLEncoder.encode("{!join from=id to=id fromIndex=other}" + query, StandardCharsets.UTF_8);
  }

  @Test
  void aUserOfOneCollectionIsKeptFromOthersButForJoinsAndBackups() throws Exception {
    int port = FreePorts.choose();
    try (EmbeddedSolrCloud server = EmbeddedSolrCloud.start(directory, port)) {
      String url = server.baseUrl();
      for (String name : List.of("made", "other")) {
        ask(url, "", "/admin/collections?action=CREATE&numShards=1&collection.configName=_default&name=" + name);
      }
      ask(url, "", "/admin/collections?action=CREATEALIAS&name=branch&collections=made");
      String admin = SolrSecurity.text("admin", "pass");
      Matcher hash = Pattern.compile("\"admin\": \"([^\"]+)\"").matcher(admin);
      assertThat(hash.find()).isTrue();
      String security = admin.replace("\"admin\": \"" + hash.group(1) + "\"", "\"admin\": \"" + hash.group(1) + "\", \"env\": \"" + hash.group(1) + "\"")
          .replace("\"user-role\": {\"admin\": [\"admin\"]}", "\"user-role\": {\"admin\": [\"admin\"], \"env\": [\"env\"]}")
          .replace("\"permissions\": [", "\"permissions\": [{\"name\": \"env\", \"collection\": \"made\", \"path\": \"/*\", \"role\": [\"env\", \"admin\"]}, ");
      Matcher zk = Pattern.compile("zkHost\">([^<]+)<").matcher(Files.readString(directory.resolve("node/solr.xml")));
      assertThat(zk.find()).isTrue();
      try (SolrZkClient zooKeeper = new SolrZkClient.Builder().withUrl(zk.group(1)).withTimeout(30, TimeUnit.SECONDS).build()) {
        byte[] text = security.getBytes(StandardCharsets.UTF_8);
        if (zooKeeper.exists("/security.json", true)) {
          zooKeeper.setData("/security.json", text, true);
        } else {
          zooKeeper.makePath("/security.json", text, true);
        }
      }
      Eventually.await("rules hold", Duration.ofMinutes(2), () -> {
        try {
          return ask(url, "", "/made/select?q=*:*");
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }, status -> status == 401);
      assertThat(ask(url, "admin", "/other/select?q=*:*")).isEqualTo(200);
      for (String own : List.of("/made/select?q=*:*", "/branch/select?q=*:*", "/made/admin/ping")) {
        assertThat(ask(url, "env", own)).as(own).isEqualTo(200);
      }
      assertThat(ask(url, "env", "/made/update?commit=true", "[{\"id\":\"1\"}]")).isEqualTo(200);
      for (String others : List.of("/other/select?q=*:*", "/made/select?q=*:*&collection=other", "/made,other/select?q=*:*",
          "/other_shard1_replica_n1/select?q=*:*", "/made/select?q=*:*&shards=127.0.0.1:" + port + "/solr/other_shard1_replica_n1",
          "/admin/collections?action=LIST", "/admin/collections?action=DELETE&name=other", "/admin/cores?action=STATUS",
          "/admin/configs?action=LIST", "/admin/info/system")) {
        assertThat(ask(url, "env", others)).as(others).isEqualTo(403);
      }
      assertThat(ask(url, "env", "/other/update?commit=true", "[{\"id\":\"1\"}]")).isEqualTo(403);
      assertThat(ask(url.replace("/solr", "/api"), "env", "/c/other/select?q=*:*")).isEqualTo(403);
      assertThat(ask(url, "admin", "/other/update?commit=true", "[{\"id\":\"1\",\"secret_s\":\"x\"}]")).isEqualTo(200);
      assertThat(answer(url, "env", "/made/select?q=" + join("secret_s:x")).body()).as("a join tells").contains("\"numFound\":1");
      assertThat(answer(url, "env", "/made/select?q=" + join("secret_s:y")).body()).as("what is in another").contains("\"numFound\":0");
      assertThat(ask(url, "env", "/made/replication?command=backup&name=own&location=" + server.backups())).isEqualTo(200);
      Eventually.await("a backup is written", Duration.ofMinutes(2), () -> Files.isDirectory(server.backups().resolve("snapshot.own")),
          written -> written);
    }
  }
}
