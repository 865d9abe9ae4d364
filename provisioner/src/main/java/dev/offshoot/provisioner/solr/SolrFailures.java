package dev.offshoot.provisioner.solr;

import java.io.IOException;

import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;

import dev.offshoot.worker.Failure;

/** Sorts what Solr or the way to it says into what can be done about it. */
final class SolrFailures {
  private SolrFailures() {
  }

  /** @param doing to continue "Solr could not …" */
  static Failure of(String doing, Exception cause) {
    Failure.Kind kind = kind(cause);
    return new Failure(kind, "Solr could not " + doing + ": " + cause.getMessage(), cause);
  }

  private static Failure.Kind kind(Exception cause) {
    return switch (cause) {
      case SolrException e -> switch (e.code()) {
        case 401, 403 -> Failure.Kind.DENIED;
        case 409, 429, 503 -> Failure.Kind.BUSY;
        case 507 -> Failure.Kind.EXHAUSTED;
        // of an answer that breaks off half-way the client says that it cannot be parsed, with the code 200 that it began with
        default -> e.code() >= 500 || e.code() < 400 ? Failure.Kind.UNAVAILABLE : Failure.Kind.INVALID;
      };
      case SolrServerException _, IOException _ -> Failure.Kind.UNAVAILABLE;
      default -> Failure.Kind.INVALID;
    };
  }
}
