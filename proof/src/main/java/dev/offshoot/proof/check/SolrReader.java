package dev.offshoot.proof.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/** Asks Solr for its cores. */
final class SolrReader {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int ROWS = 1000;
  private static final String OF_THE_POOL = "-slot-";

  private final String url;

  SolrReader(String url) {
    this.url = url;
  }

  /** By name; the value is the last part of the folder's path, or where that is of the pool, the remark an environment left on it. */
  Map<String, String> cores() throws InterruptedException {
    Map<String, String> cores = new LinkedHashMap<>();
    byte[] answer = ask("/admin/cores?action=STATUS&indexInfo=false&wt=json");
    for (Map.Entry<String, JsonNode> core : TopicReader.tree(answer).path("status").properties()) {
      Path folder = Path.of(core.getValue().path("instanceDir").asText("none"));
      String made = String.valueOf(folder.getFileName());
      cores.put(core.getKey(), Named.of(core.getKey()).isPresent() && made.contains(OF_THE_POOL) ? remark(core.getKey(), made) : made);
    }
    return cores;
  }

  /** What environments that did not get it have left is of another name. */
  private String remark(String core, String folder) throws InterruptedException {
    byte[] answer = ask("/admin/cores?action=LISTSNAPSHOTS&core=" + core + "&wt=json");
    return TopicReader.tree(answer).path("snapshots").propertyStream().map(Map.Entry::getKey)
        .filter(mark -> core.endsWith(mark.replaceFirst("-.*", ""))).findFirst().orElse(folder);
  }

  /** Those with a document that holds a text in any field. A core that does not answer, since it is only being made, holds none. */
  Set<String> holding(String text, Collection<String> cores) throws InterruptedException {
    Set<String> holding = new TreeSet<>();
    for (String core : cores) {
      String all = new String(ask("/" + core + "/select?q=*:*&rows=" + ROWS + "&wt=json"), StandardCharsets.UTF_8);
      if (all.contains(text)) {
        holding.add(core);
      }
    }
    return holding;
  }

  private byte[] ask(String path) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    } catch (IOException e) {
      throw new IllegalStateException("Solr cannot be asked: " + e, e);
    }
  }
}
