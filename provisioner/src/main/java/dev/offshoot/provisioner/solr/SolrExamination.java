package dev.offshoot.provisioner.solr;

import java.nio.file.Files;
import java.nio.file.Path;
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
    try (Namespaces namespaces = Namespaces.of(config)) {
      SolrAbout about = SolrAbout.of(namespaces.calls());
      findings.add(Finding.ok(SERVER, "Solr " + about.version() + " answers at " + config.url()));
      findings.add(about.authentication()
          .map(plugin -> Finding.ok("Solr's authentication", plugin + " is on"))
          .orElseGet(() -> Finding.warning("Solr's authentication", "it is off: every environment can reach every core",
              "keep it away from who should not see all of it, as the Solr of 'up' is, which this machine alone reaches; a Solr of your own"
                  + " has users in its security.json, and stores.solr.user and password here")));
      for (RepositoryConfig repository : repositories) {
        repository.staging().core().ifPresent(core -> findings.add(staging(namespaces, repository, core)));
        masking(new SolrDocuments(namespaces.calls()), repository).ifPresent(findings::add);
        configSet(config, repository).ifPresent(findings::add);
      }
    } catch (Failure unreachable) {
      boolean needed = repositories.stream().anyMatch(repository -> repository.staging().core().isPresent());
      String found = String.valueOf(unreachable.getMessage());
      findings.add(needed ? Finding.problem(SERVER, found, "start Solr, or correct stores.solr.url")
          : Finding.warning(SERVER, found, "no repository has a core in Staging, so nothing needs it"));
    }
    return findings;
  }

  private static Optional<Finding> configSet(SolrConfig config, RepositoryConfig repository) {
    String subject = "config set of " + repository.key();
    return repository.staging().configSet().filter(_ -> config.mode() == SolrConfig.Mode.STANDALONE).map(folder -> {
      if (config.configSets().isEmpty()) {
        return Finding.problem(subject, "a branch's " + folder + " cannot be applied: Solr's folder of config sets is not known",
            "write stores.solr.configSets, or leave staging.configSet out");
      }
      Path sets = config.configSets().get();
      return Files.isDirectory(sets.resolve(Cores.CONFIG_SET)) && Files.isWritable(sets)
          ? Finding.ok(subject, "a branch's " + folder + " is applied by way of " + sets)
          : Finding.problem(subject, sets + " cannot be written to, or has no " + Cores.CONFIG_SET,
              "correct stores.solr.configSets, the folder configsets in Solr's home as it is seen from here");
    });
  }

  private static Optional<Finding> masking(SolrDocuments documents, RepositoryConfig repository) {
    String subject = "masking of the core of " + repository.key();
    return repository.staging().core().flatMap(core -> repository.staging().snapshots().masking().map(file ->
        Finding.of(subject, "no snapshot is taken until the policy covers everything", () -> Finding.ok(subject,
            file + " covers today's fields; " + SolrMasking.of(documents, core, PolicyFile.read(file)).masked().size() + " are masked"))));
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
