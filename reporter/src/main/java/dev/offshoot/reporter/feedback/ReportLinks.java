package dev.offshoot.reporter.feedback;

import java.util.Optional;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Report;

/**
 * Where people read reports.
 *
 * @param template empty where nothing shows them
 */
record ReportLinks(Optional<String> template) {

  /** All that is filled in consists of letters, digits, dashes and slashes. */
  Optional<String> to(EnvironmentId environment, Report report) {
    return template.map(text -> text.replace("{report}", report.blob()).replace("{environment}", environment.value())
        .replace("{commit}", report.commit().id()));
  }
}
