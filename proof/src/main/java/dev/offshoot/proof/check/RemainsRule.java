package dev.offshoot.proof.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** I2 of what is kept: each backup is named by a receipt that is not at its end, and each epoch's remains by an epoch. */
final class RemainsRule implements Rules.Rule {
  private static final String SNAPSHOT = "snapshot.";
  private static final String SNAPSHOTS_ROLE = "offshoot_snapshot";

  @Override
  public Stream<Violation> violations(Evidence evidence, Expectation expectation) {
    List<Violation> found = new ArrayList<>();
    History history = evidence.history();
    Set<String> named = receipts(history);
    Stream<String> databases = evidence.postgres().databases().stream().map(Evidence.Database::name).filter(RemainsRule::isKept);
    databases.filter(name -> !named.contains(name)).forEach(name -> found.add(unnamed("database", name)));
    for (String backup : evidence.files().solrBackups()) {
      String name = backup.startsWith(SNAPSHOT) ? backup.substring(SNAPSHOT.length()) : backup;
      if (isKept(name) && !named.contains(name)) {
        found.add(unnamed("backup of Solr", name));
      }
      Named.ofEpoch(name).filter(of -> !OrphanRule.isPublished(of, history))
          .ifPresent(_ -> found.add(orphan(name, "Solr keeps a backup of an epoch that nobody published, or that is gone")));
    }
    evidence.files().redis().kept().keySet().stream().map(name -> name.startsWith("offshoot:") ? name : "kept/" + name)
        .filter(name -> !name.startsWith("kept/t_") && !named.contains(name)).forEach(name -> found.add(unnamed("dump", name)));
    evidence.files().blobs().stream().filter(key -> key.startsWith("backups/") && !key.contains("~"))
        .filter(key -> named.stream().noneMatch(receipt -> folder(receipt).equals(folder(key))))
        .forEach(key -> found.add(unnamed("blob", key)));
    evidence.postgres().roles().stream().filter(role -> role.name().equals(SNAPSHOTS_ROLE) && role.mayLogIn())
        .forEach(role -> found.add(orphan(role.name(), "the role that makes snapshots may log in though none is made")));
    return found.stream();
  }

  /** Where all backups are that were said to be there and not said to be gone. */
  private static Set<String> receipts(History history) {
    Set<String> named = new HashSet<>();
    Set<String> gone = new HashSet<>();
    for (String environment : history.branchEnvironments()) {
      Stream<JsonNode> said = history.events(environment).stream().filter(Said::isDeleted)
          .flatMap(event -> event.data().path("backups").valueStream());
      Stream<JsonNode> known = history.newest(environment, "backups").path("receipts").valueStream();
      Stream.concat(said, known).forEach(receipt -> {
        named.add(receipt.path("kept").asText());
        if (receipt.path("keeping").path("dropped").hasNonNull("gone")) {
          gone.add(receipt.path("kept").asText());
        }
      });
    }
    named.removeAll(gone);
    return named;
  }

  private static boolean isKept(String name) {
    return Named.of(name).filter(named -> named.form() == Named.Form.KEPT).isPresent();
  }

  private static String folder(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }

  private static Violation unnamed(String kind, String name) {
    return orphan(name, "a " + kind + " is kept that no receipt names, or that a receipt says is gone");
  }

  private static Violation orphan(String resource, String what) {
    return new Violation(Invariant.NO_ORPHANS, resource, what);
  }
}
