package dev.offshoot.reporter.feedback.github;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.environment.Commit;
import dev.offshoot.reporter.feedback.host.Answer;
import dev.offshoot.reporter.feedback.host.Change;
import dev.offshoot.reporter.feedback.host.Comment;
import dev.offshoot.reporter.feedback.host.CommitStatus;
import dev.offshoot.reporter.feedback.host.Found;
import dev.offshoot.reporter.feedback.host.GitHostApi;
import dev.offshoot.reporter.feedback.host.Issues;
import dev.offshoot.reporter.feedback.host.Listing;
import dev.offshoot.reporter.feedback.host.RestApi;
import dev.offshoot.reporter.feedback.host.StatusShape;

/** GitHub's REST API, version 2022-11-28: pulls, issue comments, commit statuses. */
public final class GitHubApi implements GitHostApi {
  private static final int PAGE = 100;

  private final RestApi api;
  private final String fullName;
  private final Issues issues;

  /** @param api below {@code https://api.github.com}, or {@code /api/v3} of a server */
  public GitHubApi(RestApi api, String fullName) {
    this.api = api;
    this.fullName = fullName;
    this.issues = new Issues(api, fullName);
  }

  @Override
  public List<Change> changes(String branch) throws InterruptedException {
    String owner = fullName.substring(0, fullName.indexOf('/'));
    Answer answer = Found.repository(api.get(issues.repository().then("pulls").with("state", "all").with("head", owner + ":" + branch)
        .with("sort", "created").with("direction", "desc").with("per_page", PAGE)), fullName);
    return issues.changes(Answer.elements(answer.body()).stream(), branch);
  }

  @Override
  public List<Comment> comments(Change change) throws InterruptedException {
    return issues.ours(Listing.all("1", "id", page -> Listing.numbered(page, Answer.elements(
        api.get(issues.commentsOf(change).with("per_page", PAGE).with("page", page)).body()), PAGE)).stream());
  }

  @Override
  public void write(Change change, String text) throws InterruptedException {
    issues.write(change, text);
  }

  @Override
  public void rewrite(Change change, Comment comment, String text) throws InterruptedException {
    issues.rewrite(comment, text);
  }

  @Override
  public boolean ensure(Commit commit, CommitStatus status) throws InterruptedException {
    Answer combined = api.get(issues.repository().then("commits", commit.id(), "status").with("per_page", PAGE));
    Found.commit(combined, fullName);
    ObjectNode wanted = StatusShape.GITHUB.write(status);
    boolean isThere = Answer.elements(combined.body().path("statuses")).stream()
        .filter(one -> one.path("context").asText().equals(CommitStatus.CONTEXT)).findFirst()
        .filter(one -> Found.same(one, wanted, "/state", "/description", "/target_url")).isPresent();
    if (!isThere) {
      Found.commit(api.post(issues.repository().then("statuses", commit.id()), wanted), fullName);
    }
    return !isThere;
  }
}
