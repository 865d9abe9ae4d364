package dev.offshoot.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.event.LifecycleEvent.ReportPublished;

/** The delta report of a push, with what its rehearsal has shown. */
record PushedReport(String blob, String verdict, String text) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Waits for it; what was said before {@code mark} does not count. */
  static PushedReport await(Feed feed, OffshootConfig config, EnvironmentId branch, Commit commit, int mark) throws InterruptedException {
    ReportPublished published = feed.await(new Feed.Awaited<>(branch, ReportPublished.class,
        report -> report.subject().commit().filter(commit::equals).isPresent() && report.verdict().contains("on Production's snapshot")),
        mark, PATIENCE);
    String text = new FolderBlobs(config.blobs()).get(published.blob() + ".md")
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
    return new PushedReport(published.blob(), published.verdict(), text);
  }

  Check says(String fact, String... words) {
    return new Check(fact, List.of(words).stream().allMatch(text::contains), String.join(", ", words));
  }
}
