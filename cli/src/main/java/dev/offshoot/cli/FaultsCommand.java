package dev.offshoot.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.offshoot.cli.fault.FaultCatalogue;
import dev.offshoot.cli.fault.FaultPlace;
import dev.offshoot.cli.view.Table;

/** {@code offshoot faults}. */
@Command(
    name = "faults",
    description = "List the fault points: the places at which a worker can be made to die, to prove that it may.",
    mixinStandardHelpOptions = true,
    footer = {
        "",
        "A worker dies at one, as by kill -9, when its process has the variable",
        "  OFFSHOOT_FAULT=POINT#N   at the N-th time, from 1, that it comes past it",
        "All of them are tried by: mvn -q -Pquick,matrix -pl proof -am verify",
        "",
        "Examples:",
        "  offshoot faults",
        "  offshoot faults --json",
        "  OFFSHOOT_FAULT=postgres.clone.after#1 offshoot run provisioner"})
final class FaultsCommand implements Callable<Integer> {
  @Mixin
  private final Output output = new Output();

  @Override
  public Integer call() {
    List<FaultPlace> places = FaultCatalogue.ofThisProgram().places();
    output.result(places, table(places) + "\n" + places.size() + " fault points");
    return 0;
  }

  private static String table(List<FaultPlace> places) {
    Table table = new Table("POINT", "MODULE", "WORKERS", "IN");
    places.forEach(place -> table.row(place.name(), place.module(), String.join(", ", place.workers()), place.place()));
    return table.text();
  }
}
