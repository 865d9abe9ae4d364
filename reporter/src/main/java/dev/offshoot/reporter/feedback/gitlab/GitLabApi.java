package dev.offshoot.reporter.feedback.gitlab;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.environment.Commit;
import dev.offshoot.reporter.feedback.host.Account;
import dev.offshoot.reporter.feedback.host.Answer;
import dev.offshoot.reporter.feedback.host.ApiPath;
import dev.offshoot.reporter.feedback.host.Change;
import dev.offshoot.reporter.feedback.host.Comment;
import dev.offshoot.reporter.feedback.host.CommitStatus;
import dev.offshoot.reporter.feedback.host.Found;
import dev.offshoot.reporter.feedback.host.GitHostApi;
import dev.offshoot.reporter.feedback.host.Listing;
import dev.offshoot.reporter.feedback.host.RestApi;
import dev.offshoot.reporter.feedback.host.StatusShape;

/**
 * GitLab's REST API, version 4: merge requests, their notes, commit statuses. It refuses to make a pending status pending again (400,
 * "Cannot transition"), so a pending one keeps its line.
 */
public final class GitLabApi implements GitHostApi {
  private static final int PAGE = 100;

  private final RestApi api;
  private final String fullName;
  private final ApiPath project;
  private final Account account;

  /** @param api below {@code /api/v4} */
  public GitLabApi(RestApi api, String fullName) {
    this.api = api;
    this.fullName = fullName;
    this.project = ApiPath.of("projects", fullName);
    this.account = new Account(() -> Found.text(api.get(ApiPath.of("user")).body(), "/id"));
  }

  @Override
  public List<Change> changes(String branch) throws InterruptedException {
    Answer answer = Found.repository(api.get(project.then("merge_requests").with("state", "all").with("source_branch", branch)
        .with("order_by", "created_at").with("sort", "desc").with("per_page", PAGE)), fullName);
    return Answer.elements(answer.body()).stream()
        .filter(merge -> merge.path("source_branch").asText().equals(branch)
            && merge.path("source_project_id").equals(merge.path("target_project_id")))
        .limit(MOST_CHANGES)
        .map(merge -> new Change(merge.path("iid").asLong(), merge.path("state").asText().equals("opened"))).toList();
  }

  @Override
  public List<Comment> comments(Change change) throws InterruptedException {
    String ours = account.id();
    ApiPath oldestFirst = notes(change).with("sort", "asc").with("order_by", "created_at").with("per_page", PAGE);
    return Listing.all("1", "id",
            page -> Listing.numbered(page, Answer.elements(api.get(oldestFirst.with("page", page)).body()), PAGE)).stream()
        .filter(note -> note.at("/author/id").asText().equals(ours) && !note.path("system").asBoolean())
        .map(note -> new Comment(note.path("id").asText(), note.path("body").asText())).toList();
  }

  private ApiPath notes(Change change) {
    return project.then("merge_requests", Long.toString(change.number()), "notes");
  }

  @Override
  public void write(Change change, String text) throws InterruptedException {
    api.post(notes(change), body(text));
  }

  @Override
  public void rewrite(Change change, Comment comment, String text) throws InterruptedException {
    api.put(notes(change).then(comment.id()), body(text));
  }

  private static JsonNode body(String text) {
    return JsonNodeFactory.instance.objectNode().put("body", text);
  }

  @Override
  public boolean ensure(Commit commit, CommitStatus status) throws InterruptedException {
    Answer all = api.get(project.then("repository", "commits", commit.id(), "statuses")
        .with("name", CommitStatus.CONTEXT).with("per_page", PAGE));
    Found.commit(all, fullName);
    ObjectNode wanted = StatusShape.GITLAB.write(status);
    boolean isThere = Answer.elements(all.body()).stream()
        .filter(one -> one.path("name").asText().equals(CommitStatus.CONTEXT)).findFirst()
        .filter(one -> one.path("status").asText().equals(wanted.path("state").asText())
            && (status.state() == CommitStatus.State.PENDING || Found.same(one, wanted, "/description", "/target_url"))).isPresent();
    if (!isThere) {
      Found.commit(api.post(project.then("statuses", commit.id()), wanted), fullName);
    }
    return !isThere;
  }
}
