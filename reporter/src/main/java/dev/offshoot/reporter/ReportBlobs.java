package dev.offshoot.reporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;

import dev.offshoot.blob.Blobs;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.reporter.html.HtmlReport;
import dev.offshoot.reporter.markdown.MarkdownReport;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.ReplayedHistory;
import dev.offshoot.reporter.model.ReportJson;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.wire.UndecodableException;

/** Where reports are kept, and the evidence that they are made from. Writing a report again replaces it. */
final class ReportBlobs {
  private final EvidenceCodec codec = new EvidenceCodec();
  private final Blobs blobs;

  ReportBlobs(Blobs blobs) {
    this.blobs = blobs;
  }

  static String key(EnvironmentId environment, Incarnation incarnation, Commit commit) {
    return "reports/" + environment + "/i" + incarnation + "/" + commit;
  }

  /** The JSON comes last: whether a report has to be written again is read from it, so that a killed writer begins anew. */
  void put(String key, DeltaReport report) {
    FaultPoint.at("report.html.before");
    blobs.put(key + ".html", HtmlReport.of(report).getBytes(UTF_8));
    FaultPoint.at("report.html.after");
    blobs.put(key + ".md", MarkdownReport.of(report).getBytes(UTF_8));
    FaultPoint.at("report.markdown.after");
    blobs.put(key + ".json", ReportJson.write(report));
    FaultPoint.at("report.json.after");
  }

  /** Of all reports on an incarnation. */
  List<String> keys(EnvironmentId environment, Incarnation incarnation) {
    return blobs.list("reports/" + environment + "/i" + incarnation + "/").stream().filter(key -> key.endsWith(".json"))
        .map(key -> key.substring(0, key.length() - ".json".length())).toList();
  }

  /** Empty for one that is gone, or that another version of Offshoot wrote. */
  Optional<DeltaReport> get(String key) {
    return blobs.get(key + ".json").flatMap(ReportJson::read);
  }

  private static String key(EnvironmentId source, EpochId epoch) {
    return "histories/" + source + "/" + epoch + ".json";
  }

  /** What came of running an epoch's history again. */
  void putHistory(EnvironmentId source, EpochId epoch, Part<ReplayedHistory> history) {
    FaultPoint.at("report.history.before");
    blobs.put(key(source, epoch), ReportJson.writeHistory(history));
    FaultPoint.at("report.history.after");
  }

  /** Empty while nobody has looked. */
  Optional<Part<ReplayedHistory>> history(EnvironmentId source, EpochId epoch) {
    return blobs.get(key(source, epoch)).flatMap(ReportJson::readHistory);
  }

  Part<Evidence> evidence(Optional<String> key) {
    Optional<byte[]> content = key.flatMap(blobs::get);
    if (content.isEmpty()) {
      return Part.missing(key.isEmpty() ? "the migrator measured nothing" : "the evidence is not in the blob store");
    }
    try {
      return Part.present(codec.decode(content.get()));
    } catch (UndecodableException e) {
      return Part.missing("the evidence could not be read: " + e.getMessage());
    }
  }
}
