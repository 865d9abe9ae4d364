package dev.offshoot.migrator.search;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.jspecify.annotations.Nullable;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.worker.Failure;

/** Calls to a Solr as its administrator. */
final class SolrAdmin implements AutoCloseable {
  private static final int BAD_REQUEST = 400;
  private static final int INTERNAL_ERROR = 500;

  private final SolrClient client;

  SolrAdmin(SolrConfig config) {
    HttpJdkSolrClient.Builder builder = new HttpJdkSolrClient.Builder(config.url())
        .useHttp1_1(true)
        .withConnectionTimeout(10, TimeUnit.SECONDS)
        .withRequestTimeout(5, TimeUnit.MINUTES);
    config.login().ifPresent(login -> builder.withBasicAuthCredentials(login.user(), login.password().reveal()));
    this.client = builder.build();
  }

  /** Solr's answer, or what it said against the call. */
  sealed interface Answer {}

  /** It did as asked. */
  record Done(NamedList<Object> says) implements Answer {}

  /** It did not, and to ask again would not help. */
  record Refused(String why) implements Answer {}

  /**
   * @param parameters names and values by turns
   * @throws Failure UNAVAILABLE, BUSY or DENIED where the call may yet succeed, or another login is needed
   */
  Answer ask(String path, String... parameters) {
    var pairs = new ModifiableSolrParams();
    for (int i = 0; i < parameters.length; i += 2) {
      pairs.set(parameters[i], parameters[i + 1]);
    }
    return ask(new GenericSolrRequest(METHOD.GET, path, pairs));
  }

  Answer ask(SolrRequest<?> request) {
    try {
      return new Done(client.request(request));
    } catch (SolrException e) {
      if (e.code() == BAD_REQUEST || e.code() == INTERNAL_ERROR) {
        return new Refused(String.valueOf(e.getMessage()));
      }
      throw new Failure(e.code() == 401 || e.code() == 403 ? Failure.Kind.DENIED : Failure.Kind.BUSY,
          "Solr could not answer " + request.getPath() + ": " + e.getMessage(), e);
    } catch (SolrServerException | IOException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Solr could not answer " + request.getPath() + ": " + e.getMessage(), e);
    }
  }

  /** For what has no reason to be refused. */
  NamedList<Object> answer(String path, String... parameters) {
    return switch (ask(path, parameters)) {
      case Done done -> done.says();
      case Refused refused -> throw new Failure(Failure.Kind.UNAVAILABLE, "Solr could not answer " + path + ": " + refused.why());
    };
  }

  /** A member of an answer, which is one or the other kind of map. */
  static Optional<Object> member(@Nullable Object answer, String name) {
    return Optional.ofNullable(switch (answer) {
      case NamedList<?> list -> list.get(name);
      case Map<?, ?> map -> map.get(name);
      case null, default -> null;
    });
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Solr could not be let go: " + e.getMessage(), e);
    }
  }
}
