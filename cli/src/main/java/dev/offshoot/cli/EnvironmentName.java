package dev.offshoot.cli;

import picocli.CommandLine.Parameters;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.wire.StateTable;

/** Which environment a command is about: one that is known already. */
final class EnvironmentName {
  @Parameters(paramLabel = "NAME", description = "Its name, the beginning of its name, or its branch.")
  private String name = "";

  EnvironmentState in(StateTable table) {
    return new Lookup(table.all()).find(name);
  }
}
