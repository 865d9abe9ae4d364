package dev.offshoot.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.offshoot.blob.Blobs;
import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.cli.view.Harmless;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.ReportJson;

/** The reports of one environment in the blob store. */
final class KeptReports {
  private static final String JSON = ".json";

  private final Blobs blobs;
  private final String place;
  private final EnvironmentState environment;

  KeptReports(OffshootConfig config, EnvironmentState environment) {
    this.blobs = new FolderBlobs(config.blobs());
    this.place = config.blobs().toString();
    this.environment = environment;
  }

  /**
   * A report and where it is.
   *
   * @param key without an ending
   * @param report empty for one that an older version of Offshoot wrote
   */
  record Kept(String key, Optional<DeltaReport> report) {
    String commit() {
      return key.substring(key.lastIndexOf('/') + 1);
    }
  }

  EnvironmentId environment() {
    return environment.id();
  }

  /** All, the newest first; those of an older version last. */
  List<Kept> all() {
    return blobs.list("reports/" + environment.id() + "/").stream().filter(key -> key.endsWith(JSON))
        .map(key -> new Kept(key.substring(0, key.length() - JSON.length()), blobs.get(key).flatMap(ReportJson::read)))
        .sorted(Comparator.comparing((Kept kept) -> kept.report().map(report -> report.findings().header().at())
            .map(at -> at.toEpochMilli()).orElse(0L)).reversed())
        .toList();
  }

  /** The key of the newest report, or of that of a commit by the beginning of its name. */
  String key(Optional<String> commit) {
    if (commit.isEmpty()) {
      return environment.report().orElseThrow(() -> new CommandFailed(environment.id()
          + " has no report yet; one comes with each push, once its migrations were run")).blob();
    }
    return named(commit.get()).key();
  }

  Kept named(String commit) {
    List<Kept> found = all().stream().filter(kept -> kept.commit().startsWith(commit)).toList();
    if (found.isEmpty()) {
      throw new CommandFailed(environment.id() + " has no report of a commit " + Harmless.line(commit)
          + "; 'offshoot report list " + environment.id() + "' shows all");
    }
    return found.getFirst();
  }

  byte[] content(String key) {
    return blobs.get(key).orElseThrow(() -> new CommandFailed(
        "The report " + key + " is not in " + place + "; is blobs.directory the reporter's?"));
  }
}
