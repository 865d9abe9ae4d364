package dev.offshoot.reporter.feedback.azure;

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
import dev.offshoot.reporter.feedback.host.RestApi;
import dev.offshoot.reporter.feedback.host.StatusShape;

/**
 * The REST API of Azure DevOps Services and Server, version 7.0. A comment is the first of a thread of its own, which is closed from
 * its beginning: an open one would hold the change up where all threads must be resolved.
 */
public final class AzureDevOpsApi implements GitHostApi {
  private static final String VERSION = "7.0";
  private static final String BRANCHES = "refs/heads/";
  private static final StatusShape.Words STATES = new StatusShape.Words("pending", "succeeded", "failed");

  private final RestApi api;
  private final String fullName;
  private final ApiPath repository;
  private final Account account;

  /**
   * @param api below the organization, such as {@code https://dev.azure.com/acme}
   * @param fullName the project's name and the repository's
   */
  public AzureDevOpsApi(RestApi api, String fullName) {
    this.api = api;
    this.fullName = fullName;
    int slash = fullName.indexOf('/');
    this.repository = ApiPath.of(fullName.substring(0, slash), "_apis", "git", "repositories", fullName.substring(slash + 1));
    this.account = new Account(() -> Found.text(api.get(ApiPath.of("_apis", "connectionData")).body(), "/authenticatedUser/id"));
  }

  private static ApiPath versioned(ApiPath path) {
    return path.with("api-version", VERSION);
  }

  @Override
  public List<Change> changes(String branch) throws InterruptedException {
    Answer answer = Found.repository(api.get(versioned(repository.then("pullrequests")
        .with("searchCriteria.sourceRefName", BRANCHES + branch).with("searchCriteria.status", "all").with("$top", 50))), fullName);
    return Answer.elements(answer.body().path("value")).stream()
        .filter(pull -> pull.path("sourceRefName").asText().equals(BRANCHES + branch) && !pull.hasNonNull("forkSource"))
        .limit(MOST_CHANGES)
        .map(pull -> new Change(pull.path("pullRequestId").asLong(), pull.path("status").asText().equals("active"))).toList();
  }

  @Override
  public List<Comment> comments(Change change) throws InterruptedException {
    String ours = account.id();
    return Answer.elements(api.get(versioned(threads(change))).body().path("value")).stream()
        .filter(thread -> !thread.path("isDeleted").asBoolean())
        .flatMap(thread -> Answer.elements(thread.path("comments")).stream()
            .filter(comment -> comment.at("/author/id").asText().equals(ours) && !comment.path("isDeleted").asBoolean())
            .map(comment -> new Comment(thread.path("id").asText() + " " + comment.path("id").asText(), comment.path("content").asText())))
        .toList();
  }

  private ApiPath threads(Change change) {
    return repository.then("pullRequests", Long.toString(change.number()), "threads");
  }

  @Override
  public void write(Change change, String text) throws InterruptedException {
    ObjectNode thread = JsonNodeFactory.instance.objectNode().put("status", "closed");
    thread.putArray("comments").addObject().put("parentCommentId", 0).put("content", text).put("commentType", "text");
    api.post(versioned(threads(change)), thread);
  }

  @Override
  public void rewrite(Change change, Comment comment, String text) throws InterruptedException {
    String[] threadAndId = comment.id().split(" ", 2);
    JsonNode body = JsonNodeFactory.instance.objectNode().put("content", text);
    api.patch(versioned(threads(change).then(threadAndId[0], "comments", threadAndId[1])), body);
  }

  @Override
  public boolean ensure(Commit commit, CommitStatus status) throws InterruptedException {
    ApiPath statuses = versioned(repository.then("commits", commit.id(), "statuses"));
    Answer latest = api.get(statuses.with("latestOnly", "true"));
    Found.commit(latest, fullName);
    ObjectNode wanted = wanted(status);
    boolean isThere = Answer.elements(latest.body().path("value")).stream()
        .filter(one -> Found.same(one, wanted, "/context/name", "/context/genre")).findFirst()
        .filter(one -> Found.same(one, wanted, "/state", "/description", "/targetUrl")).isPresent();
    if (!isThere) {
      Found.commit(api.post(statuses, wanted), fullName);
    }
    return !isThere;
  }

  private static ObjectNode wanted(CommitStatus status) {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode()
        .put("state", STATES.of(status.state())).put("description", status.line());
    wanted.putObject("context").put("name", CommitStatus.CONTEXT);
    status.link().ifPresent(link -> wanted.put("targetUrl", link));
    return wanted;
  }
}
