package dev.offshoot.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.offshoot.cli.CommandFailed;
import dev.offshoot.wire.Json;

/** A core as an application uses it. */
record SolrCore(String url) {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** The number of documents that a query hits. */
  long hits(String query) throws IOException, InterruptedException {
    String path = "/select?rows=0&wt=json&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + path)));
    return Json.mapper().readTree(answer.body()).path("response").path("numFound").asLong(-1);
  }

  /** Adds documents, a JSON array, and makes them visible. */
  void add(String documents) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + "/update?commit=true"))
        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(documents)));
    if (answer.statusCode() != 200) {
      throw new CommandFailed("Solr refused the documents: " + answer.body());
    }
  }

  /** Whether it answers at all. */
  boolean stands() throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + "/select?rows=0&q=*:*"))).statusCode() == 200;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
