package dev.offshoot.provisioner.solr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.provisioner.masking.PolicyFile;
import dev.offshoot.provisioner.store.Finding;
import dev.offshoot.worker.Failure;

/** Whether Solr, and what each repository has in Staging there, is as the configuration needs it. Changes nothing. */
public final class SolrExamination {
  private static final String SERVER = "stores.solr";

  private SolrExamination() {
  }

  public static List<Finding> examine(SolrConfig config, Collection<RepositoryConfig> repositories) {
    List<Finding> findings = new ArrayList<>();
    try (Cores cores = new Cores(config); Namespaces namespaces = Namespaces.of(config)) {
      Cores.About about = cores.about();
      findings.add(Finding.ok(SERVER, "Solr " + about.version() + " answers at " + config.url()));
      findings.add(about.authentication()
          .map(plugin -> Finding.ok("Solr's authentication", plugin + " is on"))
          .orElseGet(() -> Finding.warning("Solr's authentication", "it is off: every environment can reach every core",
              "turn it on (security.json), or keep the server away from who should not see all of it")));
      for (RepositoryConfig repository : repositories) {
        repository.staging().core().ifPresent(core -> findings.add(staging(namespaces, repository, core)));
        masking(cores, repository).ifPresent(findings::add);
      }
    } catch (Failure unreachable) {
      boolean needed = repositories.stream().anyMatch(repository -> repository.staging().core().isPresent());
      String found = String.valueOf(unreachable.getMessage());
      findings.add(needed ? Finding.problem(SERVER, found, "start Solr, or correct stores.solr.url")
          : Finding.warning(SERVER, found, "no repository has a core in Staging, so nothing needs it"));
    }
    return findings;
  }

  private static Optional<Finding> masking(Cores cores, RepositoryConfig repository) {
    String subject = "masking of the core of " + repository.key();
    return repository.staging().core().flatMap(core -> repository.staging().snapshots().masking().map(file ->
        Finding.of(subject, "no snapshot is taken until the policy covers everything", () -> Finding.ok(subject,
            file + " covers today's fields; " + SolrMasking.of(cores, core, PolicyFile.read(file)).masked().size() + " are masked"))));
  }

  private static Finding staging(Namespaces namespaces, RepositoryConfig repository, String name) {
    String subject = "core of " + repository.key();
    return Finding.of(subject, "look into Solr's log", () -> {
      Optional<Cores.Core> core = namespaces.find(name);
      return core.map(found -> Finding.ok(subject, name + " has " + found.documents() + " documents"))
          .orElseGet(() -> Finding.problem(subject, "there is no core " + name, "create it, or correct staging.core"));
    });
  }
}
