package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.proof.check.Evidence.Database;

/** I4: each store of what was destroyed has a receipt, and what the receipt names is there. */
final class KeptRule implements Rules.Rule {
  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    for (String environment : evidence.history().branchEnvironments()) {
      evidence.history().events(environment).stream().filter(Said::isDeleted).forEach(event -> {
        complete(event, evidence.history(), found);
        event.data().path("backups").valueStream().filter(receipt -> !isDropped(receipt, environment, evidence.history()))
            .forEach(receipt -> missing(receipt, evidence)
            .ifPresent(what -> found.add(violation(event, receipt.path("kind").asText() + " is not kept: " + what))));
      });
    }
    return found.stream();
  }

  /** What stood as a whole has a receipt of each of its stores. */
  private static void complete(Said deleted, History history, List<Violation> found) {
    Set<String> receipts = new HashSet<>();
    deleted.data().path("backups").forEach(receipt -> receipts.add(receipt.path("kind").asText() + receipt.path("incarnation").asLong()));
    history.events(deleted.environment()).stream()
        .filter(event -> event.is("stores.ready") && event.incarnation() == deleted.incarnation())
        .flatMap(event -> event.data().path("stores").valueStream()).map(store -> store.path("kind").asText())
        .filter(kind -> !receipts.contains(kind + deleted.incarnation()))
        .forEach(kind -> found.add(violation(deleted, "destroys a " + kind + " without a receipt")));
  }

  /** Its retention is over, and the state says so. */
  private static boolean isDropped(JsonNode receipt, String environment, History history) {
    return history.newest(environment, "backups").path("receipts").valueStream()
        .filter(now -> now.path("kind").equals(receipt.path("kind")) && now.path("incarnation").equals(receipt.path("incarnation")))
        .anyMatch(now -> now.path("keeping").hasNonNull("dropped"));
  }

  private static Optional<String> missing(JsonNode receipt, Evidence evidence) {
    String kept = receipt.path("kept").asText();
    boolean archive = receipt.path("kind").asText().equals("POSTGRES") && receipt.path("keeping").path("method").asText().equals("ARCHIVED");
    if (archive) {
      return evidence.files().blobs().contains(kept) ? Optional.empty() : Optional.of("there is no blob " + kept);
    }
    String fingerprint = receipt.path("fingerprint").asText();
    return switch (receipt.path("kind").asText()) {
      case "POSTGRES" -> {
        Optional<Database> database = evidence.postgres().database(kept);
        boolean verified = database.filter(found -> found.comment().path("fingerprint").asText().equals(fingerprint)
            && found.comment().has("verified")).isPresent();
        yield verified ? Optional.empty()
            : Optional.of(database.isEmpty() ? "there is no database " + kept : "the database " + kept + " was not verified");
      }
      case "SOLR" -> evidence.files().solrBackups().contains("snapshot." + kept) ? Optional.empty()
          : Optional.of("there is no backup " + kept);
      case "REDIS" -> fingerprint.equals(evidence.files().redis().kept().get(kept.substring(kept.indexOf('/') + 1))) ? Optional.empty()
          : Optional.of("there is no dump " + kept + " with the receipt's hash");
      default -> Optional.of("the kind is unknown");
    };
  }

  private static Violation violation(Said event, String what) {
    return new Violation(Invariant.KEPT, event.environment(), event.at() + " " + what);
  }
}
