package dev.offshoot.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.offshoot.config.ConfigException;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.ConfigProblem;
import dev.offshoot.config.ConfigText;

/** {@code offshoot config}. */
@Command(
    name = "config",
    description = "Check a configuration.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:",
        "  offshoot config check offshoot.yaml"},
    subcommands = ConfigCommand.Check.class)
final class ConfigCommand {

  /** {@code offshoot config check}. */
  @Command(
      name = "check",
      description = {
          "Say everything that is wrong with a configuration, or print what is in effect, with secrets as stars.",
          "It is checked as the workers read it: what 'up' would fill in must be there."},
      mixinStandardHelpOptions = true,
      footer = {"", "Examples:", "  offshoot config check offshoot.yaml"})
  static final class Check implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "FILE", defaultValue = "offshoot.yaml",
        description = "The file (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("offshoot.yaml");

    /**
     * What {@code --json} prints.
     *
     * @param config empty object where there are errors
     */
    record Verdict(boolean valid, List<ConfigProblem> errors, List<ConfigProblem> warnings, JsonNode config) {}

    @Override
    public Integer call() {
      try {
        ConfigFile.Checked checked = ConfigFile.check(file, Map.of());
        checked.warnings().forEach(warning -> output.note("warning: " + warning));
        output.result(
            new Verdict(
                true, List.of(), checked.warnings(), ConfigText.tree(checked.config(), ConfigText.Secrets.MASKED)),
            ConfigText.yaml(checked.config(), ConfigText.Secrets.MASKED).stripTrailing());
        return 0;
      } catch (ConfigException e) {
        if (!output.json()) {
          throw e;
        }
        output.jsonLine(new Verdict(false, e.problems(), List.of(), JsonNodeFactory.instance.objectNode()));
        return 1;
      }
    }
  }
}
