package dev.offshoot.proof.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Asks Solr for its cores. */
final class SolrReader {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final String url;

  SolrReader(String url) {
    this.url = url;
  }

  /** By name; the value is the last part of the folder's path. */
  Map<String, String> cores() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/admin/cores?action=STATUS&indexInfo=false&wt=json"))
        .timeout(ANSWER).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).version(HttpClient.Version.HTTP_1_1).build()) {
      byte[] answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
      Map<String, String> cores = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> core : TopicReader.tree(answer).path("status").properties()) {
        Path folder = Path.of(core.getValue().path("instanceDir").asText("none"));
        cores.put(core.getKey(), String.valueOf(folder.getFileName()));
      }
      return cores;
    } catch (IOException e) {
      throw new IllegalStateException("Solr cannot be asked: " + e, e);
    }
  }
}
