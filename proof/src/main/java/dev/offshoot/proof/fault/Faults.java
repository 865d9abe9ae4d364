package dev.offshoot.proof.fault;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.offshoot.cli.system.Logs;
import dev.offshoot.proof.check.Expectation;

/**
 * Runs the other faults, one after the other on one installation: {@code Faults FOLDER}; the property {@code prove.only}
 * names some. Exit status 1 when the checker found anything.
 */
public final class Faults {
  private final PrintStream screen = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private boolean clean = true;

  private Faults() {}

  public static void main(String[] arguments) throws Exception {
    Chosen chosen = Chosen.ofProperty(all().stream().map(Scenario::label).toList());
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])).toRealPath(), "run-");
    Logs.to(folder.resolve("driver.log"));
    System.exit(new Faults().run(folder, chosen) ? 0 : 1);
  }

  static List<Scenario> all() {
    return Stream.of(Deliveries.all(), Refs.all(), SecretRotation.all(), Poison.all(), Outages.all(), SpoiltBackups.all(), FullDisks.all()).flatMap(List::stream).toList();
  }

  private boolean run(Path folder, Chosen chosen) throws Exception {
    boolean small = FullDisks.all().stream().anyMatch(scenario -> chosen.includes(scenario.label()) && scenario.obstacle().isEmpty());
    try (Rig rig = Rig.prepare(folder, small)) {
      rig.startWorkers();
      rig.expect(Expectation.NOTHING);
      report("start", 0, rig.problems());
      Expectation expectation = Expectation.NOTHING;
      for (Scenario scenario : all()) {
        if (chosen.includes(scenario.label()) && canBeRun(scenario)) {
          expectation = play(rig, scenario, expectation);
        }
      }
    }
    return clean;
  }

  private boolean canBeRun(Scenario scenario) {
    scenario.obstacle().ifPresent(why -> screen.println(String.format(Locale.ROOT, "%-20s           not run: %s", scenario.label(), why)));
    return scenario.obstacle().isEmpty();
  }

  private Expectation play(Rig rig, Scenario scenario, Expectation before) throws InterruptedException {
    screen.println(scenario.label() + ": " + scenario.does());
    long began = System.nanoTime();
    Expectation after = before;
    List<String> trouble = List.of();
    try {
      after = scenario.play().on(rig, before);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      trouble = List.of("the scenario broke off: " + e);
    }
    rig.expect(after);
    report(scenario.label(), System.nanoTime() - began, Stream.concat(trouble.stream(), rig.problems().stream()).toList());
    return after;
  }

  private void report(String label, long nanos, List<String> problems) {
    clean &= problems.isEmpty();
    screen.println(String.format(Locale.ROOT, "%-20s %6.1f s  %s", label, nanos / 1e9, problems.isEmpty() ? "clean" : "FOUND"));
    problems.forEach(problem -> screen.println("    " + problem));
  }
}
