package dev.offshoot.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.offshoot.cli.view.Harmless;
import dev.offshoot.cli.view.Table;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.Request;
import dev.offshoot.git.JGitRepository;
import dev.offshoot.provisioner.Braking;
import dev.offshoot.provisioner.Comparison;
import dev.offshoot.wire.StateTable;

/** {@code offshoot reconcile}. */
@Command(
    name = "reconcile",
    description = {
        "Compare the branches at the git host with the environments, and ask for what differs.",
        "The sweeper asks for this every few minutes (reconcile.every). What would destroy or make too much at once waits until "
            + "a person has said --confirm; the provisioner compares again, and only what was shown passes."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot reconcile --dry-run", "  offshoot reconcile shop", "  offshoot reconcile shop --confirm"})
final class ReconcileCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Parameters(paramLabel = "REPOSITORY", arity = "0..1", description = "Its key in the configuration (default: all).")
  private Optional<String> repository = Optional.empty();

  @Option(names = "--dry-run", description = "Print what would be asked for, and do nothing.")
  private boolean dryRun;

  @Option(names = "--confirm", description = "Let what is held pass, however much it is; name the REPOSITORY.")
  private boolean confirm;

  /**
   * One difference.
   *
   * @param held whether it waits for a person
   */
  record Row(String repository, String environment, String branch, String repair, Optional<String> known, Optional<String> found, boolean held) {
    static Row of(Request.RefDiffers ask, boolean held) {
      return new Row(ask.origin().repository().value(), ask.origin().environment().value(), ask.origin().ref().branch(),
          ask.repair().name().toLowerCase(Locale.ROOT).replace('_', '-'), ask.known().map(Commit::id), ask.found().map(Commit::id), held);
    }
  }

  /** What was found in one repository. */
  private record Found(RepositoryConfig repository, Braking braking) {
    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      braking.passes().forEach(ask -> rows.add(Row.of(ask, false)));
      braking.held().ifPresent(held -> held.asks().forEach(ask -> rows.add(Row.of(ask, true))));
      return rows;
    }

    boolean isAskedFor(boolean confirmed) {
      return !braking.passes().isEmpty() || (confirmed && braking.held().isPresent());
    }
  }

  @Override
  public Integer call() {
    if (confirm && repository.isEmpty()) {
      throw new WrongUsage("--confirm means one repository; write offshoot reconcile REPOSITORY --confirm");
    }
    OffshootConfig config = system.config();
    List<RepositoryConfig> repositories = repository.map(key -> List.of(Repositories.named(config, key)))
        .orElseGet(() -> config.repositories().values().stream().sorted(Comparator.comparing(r -> r.key().value())).toList());
    List<Found> found = look(config, repositories);
    List<Row> rows = found.stream().flatMap(each -> each.rows().stream()).toList();
    if (!dryRun) {
      ask(config, found);
    }
    output.result(rows, table(rows) + remarks(found));
    boolean waits = found.stream().anyMatch(each -> each.braking().held().isPresent()) && !confirm;
    return waits && !dryRun ? 1 : 0;
  }

  private List<Found> look(OffshootConfig config, List<RepositoryConfig> repositories) {
    List<Found> found = new ArrayList<>();
    try (StateTable state = StateTable.open(config.kafka())) {
      for (RepositoryConfig each : repositories) {
        output.note("Reading the branches of " + each.key());
        Comparison comparison = Comparison.of(each, new JGitRepository(each.url()).branches(), state.all());
        found.add(new Found(each, Braking.of(comparison, config.workers().reconcile().brake(), Optional.empty())));
      }
    }
    return found;
  }

  private void ask(OffshootConfig config, List<Found> found) {
    if (found.stream().noneMatch(each -> each.isAskedFor(confirm))) {
      return;
    }
    try (Asking asking = Asking.open(config)) {
      for (Found each : found) {
        if (each.isAskedFor(confirm)) {
          asking.publish(new Request.ReconcileRequested(
              Origin.ofRepository(each.repository().key(), each.repository().defaultBranch()),
              each.braking().held().filter(_ -> confirm).map(Braking.Held::finding), Asking.actor()));
        }
      }
    }
  }

  private String remarks(List<Found> found) {
    StringBuilder text = new StringBuilder();
    if (dryRun) {
      text.append("\nNothing was asked for.");
    } else if (found.stream().anyMatch(each -> each.isAskedFor(confirm))) {
      text.append("\nThe provisioner was asked; 'offshoot events' shows what it does.");
    }
    if (!confirm) {
      found.forEach(each -> each.braking().held().ifPresent(held -> text.append("\nHeld: ").append(held.reason())
          .append(". If that is meant: offshoot reconcile ").append(each.repository().key()).append(" --confirm")));
    }
    return text.toString();
  }

  private static String table(List<Row> rows) {
    if (rows.isEmpty()) {
      return "All environments are as the git hosts say.";
    }
    Table table = new Table("REPOSITORY", "BRANCH", "REPAIR", "LAST SEEN", "FOUND", "");
    for (Row row : rows) {
      table.row(row.repository(), Harmless.line(row.branch()), row.repair(), brief(row.known()), brief(row.found()),
          row.held() ? "held" : "");
    }
    return table.text();
  }

  private static String brief(Optional<String> commit) {
    return commit.map(id -> new Commit(id).brief()).orElse("-");
  }
}
