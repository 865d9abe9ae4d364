package dev.offshoot.reporter.feedback.github;

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

/** GitHub's REST API, version 2022-11-28: pulls, issue comments, commit statuses. */
public final class GitHubApi implements GitHostApi {
  private static final int PAGE = 100;

  private final RestApi api;
  private final String fullName;
  private final ApiPath repository;
  private final Account account;

  /** @param api below {@code https://api.github.com}, or {@code /api/v3} of a server */
  public GitHubApi(RestApi api, String fullName) {
    this.api = api;
    this.fullName = fullName;
    this.repository = ApiPath.of("repos").then(fullName.split("/", -1));
    this.account = new Account(() -> Found.text(api.get(ApiPath.of("user")).body(), "/id"));
  }

  @Override
  public List<Change> changes(String branch) throws InterruptedException {
    String owner = fullName.substring(0, fullName.indexOf('/'));
    Answer answer = Found.repository(api.get(repository.then("pulls").with("state", "all").with("head", owner + ":" + branch)
        .with("sort", "created").with("direction", "desc").with("per_page", PAGE)), fullName);
    return Answer.elements(answer.body()).stream()
        .filter(pull -> pull.at("/head/ref").asText().equals(branch)
            && pull.at("/head/repo/full_name").asText().equalsIgnoreCase(fullName))
        .limit(MOST_CHANGES)
        .map(pull -> new Change(pull.path("number").asLong(), pull.path("state").asText().equals("open"))).toList();
  }

  @Override
  public List<Comment> comments(Change change) throws InterruptedException {
    String ours = account.id();
    return Listing.all("1", "id", page -> Listing.numbered(page, Answer.elements(
            api.get(commentsOf(change.number()).with("per_page", PAGE).with("page", page)).body()), PAGE)).stream()
        .filter(comment -> comment.at("/user/id").asText().equals(ours))
        .map(comment -> new Comment(comment.path("id").asText(), comment.path("body").asText())).toList();
  }

  private ApiPath commentsOf(long number) {
    return repository.then("issues", Long.toString(number), "comments");
  }

  @Override
  public void write(Change change, String text) throws InterruptedException {
    api.post(commentsOf(change.number()), body(text));
  }

  @Override
  public void rewrite(Change change, Comment comment, String text) throws InterruptedException {
    api.patch(repository.then("issues", "comments", comment.id()), body(text));
  }

  private static JsonNode body(String text) {
    return JsonNodeFactory.instance.objectNode().put("body", text);
  }

  @Override
  public boolean ensure(Commit commit, CommitStatus status) throws InterruptedException {
    Answer combined = api.get(repository.then("commits", commit.id(), "status").with("per_page", PAGE));
    Found.commit(combined, fullName);
    ObjectNode wanted = StatusShape.GITHUB.write(status);
    boolean isThere = Answer.elements(combined.body().path("statuses")).stream()
        .filter(one -> one.path("context").asText().equals(CommitStatus.CONTEXT)).findFirst()
        .filter(one -> Found.same(one, wanted, "/state", "/description", "/target_url")).isPresent();
    if (!isThere) {
      Found.commit(api.post(repository.then("statuses", commit.id()), wanted), fullName);
    }
    return !isThere;
  }
}
