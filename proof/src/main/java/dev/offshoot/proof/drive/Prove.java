package dev.offshoot.proof.drive;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.offshoot.cli.fault.FaultCatalogue;
import dev.offshoot.cli.fault.FaultPlace;
import dev.offshoot.cli.system.Logs;

/** Runs the matrix: {@code Prove FOLDER}, where the results go. Exit status 1 when anything was found. */
public final class Prove {
  private final PrintStream screen = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Wanted wanted = Wanted.ofProperties();

  private Prove() {}

  public static void main(String[] arguments) throws Exception {
    Path target = Files.createDirectories(Path.of(arguments[0])).toRealPath();
    Logs.to(target.resolve("driver.log"));
    System.exit(new Prove().run(target) ? 0 : 1);
  }

  private boolean run(Path target) throws Exception {
    Set<String> missed = FaultCatalogue.ofThisProgram().places().stream().map(FaultPlace::name)
        .collect(Collectors.toCollection(TreeSet::new));
    List<String> mistakes = wanted.mistakes(missed);
    if (!mistakes.isEmpty()) {
      mistakes.forEach(screen::println);
      return false;
    }
    Protocol protocol = new Protocol(screen, target.resolve("matrix.jsonl"));
    for (Ground.Redis mode : Ground.Redis.values()) {
      if (missed.stream().filter(point -> Excused.of(point).isEmpty()).anyMatch(wanted::includes)) {
        run(mode, protocol, missed);
      }
    }
    screen.println("\n" + protocol.table());
    List<String> unproved = missed.stream().filter(wanted::includes).filter(point -> Excused.of(point).isEmpty()).toList();
    if (!unproved.isEmpty()) {
      screen.println("Not come past by any step: " + unproved);
    }
    for (Excused excused : Excused.values()) {
      List<String> points = missed.stream().filter(wanted::includes).filter(point -> Excused.of(point).equals(Optional.of(excused))).toList();
      if (!points.isEmpty()) {
        screen.println("Not come past, and excused (" + excused.why() + "): " + points);
      }
    }
    if (protocol.isEmpty()) {
      screen.println("No cell: the steps that are wanted do not come past the points that are wanted in the workers that are wanted");
    }
    return !protocol.isEmpty() && protocol.clean() && (unproved.isEmpty() || !wanted.isAll());
  }

  /** @param missed the points that no life has come past yet */
  private void run(Ground.Redis mode, Protocol protocol, Set<String> missed) throws Exception {
    Path folder = Files.createTempDirectory("offshoot-proof-").toRealPath();
    screen.println("Starting the servers and the workers in " + folder + ", Redis: " + mode.label());
    try (Ground ground = Ground.open(folder, mode, true)) {
      screen.println("A life without faults, to learn what is come past");
      Matrix matrix = new Matrix(ground, Boolean.getBoolean("prove.together"));
      Recording recording = matrix.record(protocol::add);
      List<Cell> cells = recording.cells(wanted).stream().filter(cell -> missed.contains(cell.point())).toList();
      screen.println(recording.points().size() + " fault points were come past; " + cells.size() + " cells");
      missed.removeAll(recording.points());
      protocol.expect(cells.size());
      matrix.run(cells, protocol::add);
    }
  }
}
