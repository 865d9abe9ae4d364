package dev.offshoot.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.GitRef;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.provisioner.postgres.PostgresExamination;
import dev.offshoot.provisioner.redis.RedisExamination;
import dev.offshoot.provisioner.solr.SolrExamination;
import dev.offshoot.provisioner.store.Finding;
import dev.offshoot.provisioner.store.Finding.Level;
import dev.offshoot.wire.Topics;

/** {@code offshoot doctor}. */
@Command(
    name = "doctor",
    description = {
        "Look whether the world is as the configuration needs it, and say what to do where it is not.",
        "Reads only. Run it where the provisioner runs, as its user: programs and folders are looked for on this machine."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot doctor", "  offshoot doctor --config offshoot.yaml --json",
        "", "Exit codes: 0 no problem (there may be warnings), 1 a problem, 2 wrong usage."})
final class DoctorCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Override
  public Integer call() {
    OffshootConfig config = system.config();
    List<RepositoryConfig> repositories = config.repositories().values().stream()
        .sorted(Comparator.comparing(repository -> repository.key().value())).toList();
    List<Finding> findings = new ArrayList<>();
    findings.addAll(look("Kafka", () -> List.of(kafka(config))));
    findings.addAll(look("PostgreSQL", () -> new PostgresExamination(config.stores().postgres()).examine(repositories)));
    findings.addAll(look("Solr", () -> SolrExamination.examine(config.stores().solr(), repositories)));
    findings.addAll(look("Redis", () -> List.of(RedisExamination.examine(config.stores().redis()))));
    for (RepositoryConfig repository : repositories) {
      findings.addAll(look("the git host of " + repository.key(), () -> List.of(git(repository))));
    }
    int widest = findings.stream().mapToInt(finding -> finding.subject().length()).max().orElse(0);
    output.result(findings, findings.stream().map(finding -> text(finding, widest)).collect(Collectors.joining("\n")));
    return findings.stream().anyMatch(finding -> finding.level() == Level.PROBLEM) ? 1 : 0;
  }

  private Collection<Finding> look(String what, Callable<List<Finding>> examination) {
    output.note("Looking at " + what + " …");
    try {
      return examination.call();
    } catch (Exception e) {
      return List.of(Finding.problem(what, "the look ended with " + e, "this is a fault of the look itself: please report it"));
    }
  }

  private static Finding kafka(OffshootConfig config) {
    return Finding.of("kafka", "start the broker, or correct kafka.bootstrapServers", () -> {
      int brokers = Topics.brokers(config.kafka());
      return Finding.ok("kafka", brokers + (brokers == 1 ? " broker answers at " : " brokers answer at ") + config.kafka().bootstrapServers());
    });
  }

  private static Finding git(RepositoryConfig repository) {
    String subject = "git host of " + repository.key();
    String branch = repository.defaultBranch();
    return Finding.of(subject, "correct url of the repository, or let the provisioner's user read it", () ->
        new JGitRepository(repository.url()).tip(GitRef.ofBranch(branch))
            .map(tip -> Finding.ok(subject, branch + " is at " + tip.brief()))
            .orElseGet(() -> Finding.problem(subject, "there is no branch " + branch, "push it, or correct defaultBranch")));
  }

  private static String text(Finding finding, int widest) {
    String mark = switch (finding.level()) {
      case OK -> "ok       ";
      case WARNING -> "warning  ";
      case PROBLEM -> "problem  ";
    };
    return mark + finding.subject() + " ".repeat(widest - finding.subject().length() + 2) + Harmless.line(finding.found())
        + finding.remedy().map(what -> "\n         → " + what).orElse("");
  }
}
