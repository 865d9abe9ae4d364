package dev.offshoot.provisioner.solr;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.jspecify.annotations.Nullable;

import dev.offshoot.config.SolrConfig;

/** Calls to one Solr, as the administrator where it asks for one, with their failures sorted. */
final class SolrCalls implements AutoCloseable {
  private final SolrClient client;

  SolrCalls(SolrConfig config) {
    HttpJdkSolrClient.Builder builder = new HttpJdkSolrClient.Builder(config.url())
        .useHttp1_1(true)
        .withConnectionTimeout(10, TimeUnit.SECONDS)
        .withRequestTimeout(10, TimeUnit.MINUTES);
    config.login().ifPresent(login -> builder.withBasicAuthCredentials(login.user(), login.password().reveal()));
    this.client = builder.build();
  }

  /** For what is more than a call; its failures are the caller's to sort. */
  SolrClient client() {
    return client;
  }

  /** @param parameters names and values by turns */
  NamedList<Object> ask(String path, String... parameters) {
    var pairs = new ModifiableSolrParams();
    for (int i = 0; i < parameters.length; i += 2) {
      pairs.set(parameters[i], parameters[i + 1]);
    }
    try {
      return client.request(new GenericSolrRequest(METHOD.GET, path, pairs));
    } catch (SolrServerException | IOException | SolrException e) {
      throw SolrFailures.of(("answer " + path + " " + pairs).strip(), e);
    }
  }

  QueryResponse query(String core, SolrQuery query) {
    try {
      return client.query(core, query);
    } catch (SolrServerException | IOException | SolrException e) {
      throw SolrFailures.of("read the documents of " + core, e);
    }
  }

  void add(String core, List<SolrInputDocument> documents) {
    try {
      client.add(core, documents);
    } catch (SolrServerException | IOException | SolrException e) {
      throw SolrFailures.of("write documents of " + core, e);
    }
  }

  /** A member of an answer, which is one or the other kind of map. */
  static Optional<Object> member(@Nullable Object answer, String name) {
    return Optional.ofNullable(switch (answer) {
      case NamedList<?> list -> list.get(name);
      case Map<?, ?> map -> map.get(name);
      case null, default -> null;
    });
  }

  /** The names of the members of an answer. */
  static List<String> names(@Nullable Object answer) {
    return switch (answer) {
      case NamedList<?> list -> IntStream.range(0, list.size()).mapToObj(list::getName).toList();
      case Map<?, ?> map -> map.keySet().stream().map(String::valueOf).toList();
      case null, default -> List.of();
    };
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw SolrFailures.of("be let go", e);
    }
  }
}
