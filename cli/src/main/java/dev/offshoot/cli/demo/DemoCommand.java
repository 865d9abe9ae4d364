package dev.offshoot.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.offshoot.cli.CommandFailed;
import dev.offshoot.cli.Terminal;
import dev.offshoot.cli.system.Closing;
import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.cli.system.Installation;
import dev.offshoot.cli.system.Logs;
import dev.offshoot.cli.system.WorkerPlace;
import dev.offshoot.process.OwnerOnly;

/** {@code offshoot demo}. */
@Command(
    name = "demo",
    description = {
        "See all of it: real servers, a small shop with a git repository, a branch from its first push to its merge.",
        "Afterwards it stays up, so that you can push yourself. Nothing has to be installed but git."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot demo", "  offshoot demo --once --json"})
public final class DemoCommand implements Callable<Integer> {
  @Option(names = "--once", description = "End afterwards: 0 only if every check held. Implied without a terminal.")
  private boolean once;

  @Option(names = "--json",
      description = "Print events and, last, the summary as lines of JSON; the story goes to stderr.")
  private boolean json;

  @Option(names = "--processes", description = "Each worker in a process of its own, as in production.")
  private boolean processes;

  @Option(names = "--data", paramLabel = "DIR",
      description = "Keep everything in this folder (default: a temporary one that is removed).")
  private Optional<Path> data = Optional.empty();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    DataFolder folder =
        new DataFolder(data.isPresent() ? data.get() : Files.createTempDirectory("offshoot-demo-")).prepare();
    Logs.to(folder.logs().resolve("offshoot.log"));
    Shop shop = new Shop(folder.root().resolve("shop"));
    boolean ends = once || Terminal.ofAPerson().isEmpty();
    if (shop.stands() && ends) {
      throw new CommandFailed(
          "There is a demo's shop in " + folder.root() + " already; name another folder with --data, or none");
    }
    Screen screen = new Screen(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
    try (Closing closing = Closing.atExit()) {
      if (data.isEmpty()) {
        closing.add(() -> remove(folder.root()));
      }
      ShopChange change = closing.add(ShopChange.start(screen, shop.secret()));
      OwnerOnly.write(folder.userConfig(), shop.configuration(change.api()));
      Installation installation = closing.add(start(folder, screen));
      boolean held = run(new Demo(installation, shop, change, screen), shop, screen);
      if (ends) {
        return held ? 0 : 1;
      }
      screen.say(byHand(folder, shop));
      throw new CommandFailed("The demo ends: " + installation.awaitFault());
    }
  }

  private Installation start(DataFolder folder, Screen screen) throws Exception {
    screen.say("Offshoot demo; everything is kept in " + folder.root());
    return screen.step(
        "Kafka, PostgreSQL and Solr", () -> Installation.start(folder, folder.userConfig(), OptionalInt.empty(),
        (server, after) -> screen.detail(server.label() + " ready after " + after.toMillis() + " ms")));
  }

  private boolean run(Demo demo, Shop shop, Screen screen) throws Exception {
    WorkerPlace place = processes ? WorkerPlace.OWN_PROCESSES : WorkerPlace.THIS_PROCESS;
    if (shop.stands()) {
      demo.startWorkers(place);
      return true;
    }
    Summary summary = demo.tell(place);
    screen.summary(summary);
    return summary.held();
  }

  private static String byHand(DataFolder folder, Shop shop) {
    return """

        It stays up; Ctrl-C ends it. Try it by hand:
          git clone %1$s my-shop && cd my-shop
          git checkout -b feature/mine
          echo 'ALTER TABLE customer ADD COLUMN nickname text;' > db/migration/V10__nickname.sql
          git add . && git commit -m 'Nicknames' && git push origin feature/mine
          offshoot env list --data %2$s
          offshoot env show feature/mine --data %2$s
          offshoot env dotenv feature/mine --data %2$s
          offshoot report show feature/mine --data %2$s
          offshoot events --follow --data %2$s
        """.formatted(shop.bare(), folder.root());
  }

  /** Only ever a folder that this run has made. */
  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }
}
