package dev.offshoot.reporter.feedback;

import java.util.List;

import dev.offshoot.config.FeedbackConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.reporter.feedback.host.Change;
import dev.offshoot.reporter.feedback.host.Comment;
import dev.offshoot.reporter.feedback.host.GitHostApi;

/**
 * Makes one repository's git host say what is to be told. Keeps nothing: what the host says already is looked at first, so that a call
 * without an answer, or a death after it, leads to no second comment.
 */
final class Teller {
  private final GitHostApi host;
  private final FeedbackConfig.Told wanted;

  Teller(GitHostApi host, FeedbackConfig.Told wanted) {
    this.host = host;
    this.wanted = wanted;
  }

  /** @return whether the host had to be told anything new */
  boolean tell(EnvironmentId environment, Telling telling) throws InterruptedException {
    boolean isNew = false;
    if (wanted.status() && telling.status().isPresent()) {
      Telling.Told told = telling.status().get();
      FaultPoint.at("feedback.status.before");
      isNew = host.ensure(told.commit(), told.status());
      FaultPoint.at("feedback.status.after");
    }
    if (wanted.comment()) {
      for (Change change : audience(host.changes(telling.branch()))) {
        isNew |= comment(environment, telling, change);
      }
    }
    return isNew;
  }

  /** All that are open; where none is, the newest, since it may have a comment that has become wrong. */
  private static List<Change> audience(List<Change> changes) {
    List<Change> open = changes.stream().filter(Change::open).toList();
    return open.isEmpty() ? changes.stream().limit(1).toList() : open;
  }

  private boolean comment(EnvironmentId environment, Telling telling, Change change) throws InterruptedException {
    String marker = CommentText.marker(environment);
    List<Comment> ours = host.comments(change).stream().filter(comment -> comment.text().stripLeading().startsWith(marker)).toList();
    if (ours.isEmpty()) {
      return telling.begins() && change.open() && begin(change, telling.comment());
    }
    boolean isNew = update(change, ours.getFirst(), telling.comment());
    for (Comment other : ours.subList(1, ours.size())) {
      isNew |= update(change, other, CommentText.elsewhere(environment));
    }
    return isNew;
  }

  private boolean begin(Change change, String text) throws InterruptedException {
    FaultPoint.at("feedback.comment.before");
    host.write(change, text);
    FaultPoint.at("feedback.comment.after");
    return true;
  }

  private boolean update(Change change, Comment comment, String text) throws InterruptedException {
    if (comment.says(text)) {
      return false;
    }
    FaultPoint.at("feedback.update.before");
    host.rewrite(change, comment, text);
    FaultPoint.at("feedback.update.after");
    return true;
  }
}
