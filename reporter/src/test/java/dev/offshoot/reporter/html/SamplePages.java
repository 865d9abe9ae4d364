package dev.offshoot.reporter.html;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.offshoot.reporter.SampleReports;
import dev.offshoot.reporter.markdown.MarkdownReport;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.ReportJson;

/** Writes the samples to a folder, to be looked at in a browser: {@code SamplePages FOLDER}. */
public final class SamplePages {
  private SamplePages() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Map<String, Findings> samples = Map.of("ordinary", SampleReports.ordinary(), "failing", SampleReports.failing(),
        "rehearsed", SampleReports.rehearsed(),
        "hostile", SampleReports.hostile(), "bare", SampleReports.bare("feature/bare"),
        "clean", SampleReports.clean("feature/clean"));
    for (Map.Entry<String, Findings> sample : samples.entrySet()) {
      var report = SampleReports.report(sample.getValue());
      Files.writeString(folder.resolve(sample.getKey() + ".html"), HtmlReport.of(report));
      Files.writeString(folder.resolve(sample.getKey() + ".md"), MarkdownReport.of(report));
      Files.write(folder.resolve(sample.getKey() + ".json"), ReportJson.write(report));
    }
  }
}
