package dev.offshoot.provisioner.solr;

import java.io.IOException;
import java.util.Optional;

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
    return new Failure(kind, "Solr could not " + doing + ": " + why(cause), cause);
  }

  /** The JDK's client says nothing at all where nobody listens. */
  private static String why(Exception cause) {
    for (Optional<Throwable> at = Optional.of(cause); at.isPresent(); at = at.flatMap(thrown -> Optional.ofNullable(thrown.getCause()))) {
      Optional<String> said = at.flatMap(thrown -> Optional.ofNullable(thrown.getMessage())).filter(message -> !message.isBlank());
      if (said.isPresent()) {
        return said.get();
      }
    }
    return "nothing listens there, or the connection was broken off";
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
