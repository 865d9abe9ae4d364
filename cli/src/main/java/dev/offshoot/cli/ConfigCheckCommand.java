package dev.offshoot.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.cli.system.OwnServers;
import dev.offshoot.config.ConfigException;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.ConfigProblem;
import dev.offshoot.config.ConfigText;

/** {@code offshoot config check}. */
@Command(
    name = "check",
    description = {
        "Say everything that is wrong with a configuration, or print what is in effect, with secrets as stars.",
        "It is checked as the workers read it, or with --data as 'up' does: what 'up' fills in need not be there."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot config check offshoot.yaml", "  offshoot config check --data ~/offshoot"})
final class ConfigCheckCommand implements Callable<Integer> {
  private static final Path USUAL = Path.of("offshoot.yaml");
  private static final String FILLED_IN = "filled in by 'up'";

  @Mixin
  private final Output output = new Output();

  @Parameters(paramLabel = "FILE", arity = "0..1",
      description = "The file (default: offshoot.yaml, here or in DIR).")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "The same, as other commands name it.")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--data", paramLabel = "DIR", description = "Check it as 'offshoot up --data DIR' reads it.")
  private Optional<Path> data = Optional.empty();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  /**
   * What {@code --json} prints.
   *
   * @param config empty object where there are errors
   */
  record Verdict(boolean valid, List<ConfigProblem> errors, List<ConfigProblem> warnings, JsonNode config) {}

  @Override
  public Integer call() {
    if (file.isPresent() && config.isPresent()) {
      throw new ParameterException(spec.commandLine(), "Name one file, with --config or without");
    }
    Optional<DataFolder> up = data.map(DataFolder::new);
    Path which = file.or(() -> config).or(() -> up.map(DataFolder::userConfig)).orElse(USUAL);
    try {
      ConfigFile.Checked checked = up.map(folder -> OwnServers.check(which, folder)).orElseGet(() -> ConfigFile.check(which, Map.of()));
      checked.warnings().forEach(warning -> output.note("warning: " + warning));
      ObjectNode tree = ConfigText.tree(checked.config(), ConfigText.Secrets.MASKED);
      if (up.isPresent()) {
        markFilledIn(tree, ConfigFile.tree(which));
      }
      output.result(new Verdict(true, List.of(), checked.warnings(), tree), ConfigText.yaml(tree).stripTrailing());
      return 0;
    } catch (ConfigException e) {
      if (!output.json()) {
        hint(e);
        throw e;
      }
      output.jsonLine(new Verdict(false, e.problems(), List.of(), JsonNodeFactory.instance.objectNode()));
      return 1;
    }
  }

  /** The stand-ins that it was checked with are nobody's coordinates. */
  private static void markFilledIn(ObjectNode tree, ObjectNode written) {
    for (String key : OwnServers.keys()) {
      JsonPointer place = JsonPointer.compile("/" + key.replace('.', '/'));
      if (!written.at(place).isValueNode() && tree.at(place).isValueNode() && tree.at(place.head()) instanceof ObjectNode group) {
        group.put(place.last().getMatchingProperty(), FILLED_IN);
      }
    }
  }

  private void hint(ConfigException problems) {
    if (data.isEmpty() && problems.problems().stream().anyMatch(ConfigCheckCommand::isForUpToFillIn)) {
      output.note("'offshoot up' fills in some of what is missing: check its configuration with --data DIR.");
    }
  }

  private static boolean isForUpToFillIn(ConfigProblem problem) {
    return OwnServers.keys().contains(problem.key()) && problem.message().startsWith("is missing");
  }
}
