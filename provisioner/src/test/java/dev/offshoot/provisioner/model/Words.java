package dev.offshoot.provisioner.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.Backups;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Facet;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Request;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** How the steps of a counterexample read. */
final class Words {
  private Words() {
  }

  static String of(Publication publication) {
    List<String> said = new ArrayList<>();
    publication.facets().forEach(facet -> said.add(of(facet)));
    publication.events().forEach(event -> said.add(event.getClass().getSimpleName() + " "
        + event.subject().incarnation()));
    publication.asks().forEach(ask -> said.add("an ask: " + of(ask)));
    return String.join(", ", said);
  }

  private static String of(Facet facet) {
    if (facet instanceof Presence presence) {
      return presence.intent().getClass().getSimpleName() + " " + presence.intent().incarnation() + " at "
          + of(presence.tip()) + presence.failure().map(why -> " (" + why + ")").orElse("");
    }
    return facet instanceof Backups backups ? backups.receipts().size() + " receipts" : facet.facet().key();
  }

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> of(done.publication());
      case Outcome.Rejected rejected -> "that nothing is to be done (" + rejected.reason() + ")";
      case Outcome.Failed failed -> "that it failed: " + of(failed.publication());
    };
  }

  static String of(Request request) {
    String name = request.getClass().getSimpleName();
    return request instanceof Request.BranchPushed push ? name + " " + of(Optional.of(push.commit())) : name;
  }

  static String of(Optional<Commit> commit) {
    return commit.map(c -> "commit " + c.id().charAt(0)).orElse("no commit");
  }
}
