package dev.offshoot.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.offshoot.cli.view.FindingView;
import dev.offshoot.cli.view.Table;
import dev.offshoot.reporter.lint.Finding;
import dev.offshoot.reporter.lint.Lint;
import dev.offshoot.reporter.lint.LintOptions;
import dev.offshoot.reporter.lint.LintOptions.Transactions;
import dev.offshoot.reporter.lint.MigrationFile;
import dev.offshoot.reporter.lint.Rule;
import dev.offshoot.reporter.lint.RuleId;
import dev.offshoot.reporter.lint.Rules;
import dev.offshoot.reporter.lint.Severity;

/** {@code offshoot lint}: needs no server and no configuration. */
@Command(
    name = "lint",
    description = {
        "Say what is risky about migrations before they run: locks, rewrites, lost data, broken clients.",
        "The scripts are taken to run one after another, each in a transaction as Flyway does it."
            + " What they do to tables that they make themselves is no risk."
            + " A line '-- offshoot:allow RULE: reason' before a statement silences a rule."},
    mixinStandardHelpOptions = true,
    footer = {
        "",
        "Examples:",
        "  offshoot lint db/migration",
        "  offshoot lint db/migration/V7__orders.sql --fail-on warn",
        "  git show HEAD:db/migration/V7__orders.sql | offshoot lint -",
        "  offshoot lint --rules",
        "",
        "Exit codes: 0 nothing as bad as --fail-on, 1 something is, 2 wrong usage."})
final class LintCommand implements Callable<Integer> {
  private static final int MANY = 200;

  @Mixin
  private final Output output = new Output();

  @Parameters(paramLabel = "FILE|DIR", arity = "0..*",
      description = "Scripts in the order they run, folders with .sql files in Flyway's order, or - for standard input.")
  private List<String> names = List.of();

  @Option(names = "--rules", description = "List all rules and do nothing else.")
  private boolean rules;

  @Option(names = "--fail-on", paramLabel = "SEVERITY", defaultValue = "needs-dba", converter = Weight.class,
      description = "The least severity that makes the exit code 1: warn, needs-dba or blocked (default: ${DEFAULT-VALUE}).")
  private Severity failOn = Severity.NEEDS_DBA;

  @Option(names = "--also", paramLabel = "RULE", split = ",",
      description = "Look for rules that are only looked for on demand.")
  private List<String> also = List.of();

  @Option(names = "--postgres", paramLabel = "MAJOR", description = "The server's major version, where it is older than 12.")
  private int postgres;

  @Option(names = "--by-hand",
      description = "The scripts begin and end their transactions themselves; nobody does it for them.")
  private boolean byHand;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  /** By the name that people read. */
  static final class Weight implements ITypeConverter<Severity> {
    @Override
    public Severity convert(String value) {
      return Arrays.stream(Severity.values()).filter(each -> each.label().equalsIgnoreCase(value)).findFirst()
          .orElseThrow(() -> new CommandLine.TypeConversionException("'" + value + "' is not warn, needs-dba or blocked"));
    }
  }

  /**
   * What {@code --json} prints.
   *
   * @param passed whether the exit code is 0
   */
  record Result(boolean passed, int scripts, List<Map<String, Object>> findings) {}

  @Override
  public Integer call() throws IOException {
    if (rules) {
      output.result(Rules.all().stream().map(FindingView::json).toList(), table());
      return 0;
    }
    if (names.isEmpty()) {
      throw wrong("Name at least one script or folder, or - for standard input");
    }
    Lint lint = new Lint(options());
    List<MigrationFile> scripts = scripts();
    if (scripts.size() > MANY && !output.json()) {
      output.note("Reading " + scripts.size() + " scripts ...");
    }
    List<Finding> findings = lint.check(scripts);
    boolean passed = findings.stream().noneMatch(each -> each.counts(failOn));
    if (output.json()) {
      output.jsonLine(new Result(passed, scripts.size(), findings.stream().map(FindingView::json).toList()));
    } else {
      print(findings);
      String counts = findings.isEmpty() ? "nothing found" : FindingView.counts(findings);
      output.note(scripts.size() + (scripts.size() == 1 ? " script: " : " scripts: ") + counts);
    }
    return passed ? 0 : 1;
  }

  private List<MigrationFile> scripts() throws IOException {
    try {
      return new LintFiles(System.in).read(names);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private LintOptions options() {
    LintOptions options = LintOptions.FLYWAY.with(byHand ? Transactions.BY_HAND : Transactions.PER_SCRIPT)
        .alsoLookingFor(also.stream().flatMap(name -> known(name).stream()).map(Rule::id).collect(Collectors.toSet()));
    return postgres > 0 ? options.onVersion(postgres) : options;
  }

  private List<Rule> known(String name) {
    List<Rule> found = Rules.named(name);
    if (found.isEmpty()) {
      throw wrong("There is no rule '" + name + "'; see offshoot lint --rules");
    }
    return found;
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  /** The safer way is the same for all findings of a rule, so it is said once. */
  private void print(List<Finding> findings) {
    Set<RuleId> advised = new LinkedHashSet<>();
    for (Finding finding : findings) {
      output.line(FindingView.line(finding));
      if (finding.silenced().isEmpty() && advised.add(finding.id())) {
        output.line("    Safer: " + finding.saferWay());
      }
    }
  }

  private static String table() {
    Table table = new Table("RULE", "SEVERITY", "DETECTS");
    Rules.all().forEach(rule -> table.row(rule.id().value(),
        rule.severity().label() + (rule.onDemand() ? ", on demand" : ""), rule.advice().detects()));
    return table.text();
  }
}
