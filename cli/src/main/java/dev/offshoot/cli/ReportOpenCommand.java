package dev.offshoot.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.wire.StateTable;

/** {@code offshoot report open}. */
@Command(
    name = "open",
    description = {
        "Write an environment's delta report to a file of its own for a browser, and print its address.",
        "The page needs no script and nothing from elsewhere, so it may be sent to somebody or printed."},
    mixinStandardHelpOptions = true,
    footer = {
        "",
        "Examples:",
        "  offshoot report open feature/new_cool_page",
        "  offshoot report open feature/new_cool_page --to report.html",
        "  xdg-open \"$(offshoot report open feature/new_cool_page)\""})
final class ReportOpenCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final ReportName name = new ReportName();

  @Option(names = "--to", paramLabel = "FILE",
      description = "The file to write; replaced where there is one (default: NAME-COMMIT.html in the temporary folder).")
  private Optional<Path> file = Optional.empty();

  @Override
  public Integer call() throws IOException {
    OffshootConfig config = system.config();
    try (StateTable table = StateTable.open(config.kafka())) {
      KeptReports reports = name.among(config, table);
      String key = name.key(reports);
      byte[] page = reports.content(key + ".html");
      Path to = file.isPresent() ? file.get().toAbsolutePath() : ofItsOwn(reports, key);
      try {
        Files.write(to, page);
      } catch (FileSystemException e) {
        throw new CommandFailed("The report cannot be written to " + to + " (" + why(e) + "); name a file with --to in a folder that is "
            + "there and yours to write to", e);
      }
      output.result(Map.of("file", to.toString(), "address", to.toUri().toString()), to.toUri().toString());
      return 0;
    }
  }

  private static String why(FileSystemException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such folder";
      case AccessDeniedException _ -> "permission denied";
      default -> Optional.ofNullable(e.getReason()).orElseGet(e::toString);
    };
  }

  /** Readable by the user alone, in a folder that nobody else could have prepared. */
  private static Path ofItsOwn(KeptReports reports, String key) throws IOException {
    return Files.createTempDirectory("offshoot-report")
        .resolve(reports.environment() + "-" + key.substring(key.lastIndexOf('/') + 1) + ".html");
  }
}
