package dev.offshoot.reporter.feedback.bitbucketcloud;

import java.util.List;
import java.util.Optional;

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

/** Bitbucket Cloud's REST API, version 2.0: pull requests, their comments, build statuses. */
public final class BitbucketCloudApi implements GitHostApi {
  private static final int PAGE = 100;
  private static final int PAGE_OF_PULLS = 50;
  private static final String SITE = "https://bitbucket.org/";

  private final RestApi api;
  private final String fullName;
  private final ApiPath repository;
  private final Account account;

  /** @param api below {@code https://api.bitbucket.org/2.0} */
  public BitbucketCloudApi(RestApi api, String fullName) {
    this.api = api;
    this.fullName = fullName;
    this.repository = ApiPath.of("repositories").then(fullName.split("/", -1));
    this.account = new Account(() -> Found.text(api.get(ApiPath.of("user")).body(), "/uuid"));
  }

  @Override
  public List<Change> changes(String branch) throws InterruptedException {
    ApiPath path = repository.then("pullrequests").with("q", "source.branch.name=" + quoted(branch))
        .with("sort", "-created_on").with("pagelen", PAGE_OF_PULLS);
    for (String state : List.of("OPEN", "MERGED", "DECLINED", "SUPERSEDED")) {
      path = path.with("state", state);
    }
    return Answer.elements(Found.repository(api.get(path), fullName).body().path("values")).stream()
        .filter(pull -> pull.at("/source/branch/name").asText().equals(branch)
            && pull.at("/source/repository/full_name").asText().equalsIgnoreCase(fullName))
        .limit(MOST_CHANGES)
        .map(pull -> new Change(pull.path("id").asLong(), pull.path("state").asText().equals("OPEN"))).toList();
  }

  /** As a text of the query language. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public List<Comment> comments(Change change) throws InterruptedException {
    String ours = account.id();
    return Listing.all("1", "id", page -> page(page, api.get(commentsOf(change).with("pagelen", PAGE).with("page", page)))).stream()
        .filter(comment -> comment.at("/user/uuid").asText().equals(ours) && !comment.path("deleted").asBoolean())
        .map(comment -> new Comment(comment.path("id").asText(), comment.at("/content/raw").asText())).toList();
  }

  /** Where it goes on is said by an address, which may be anywhere; only that it goes on is believed. */
  private static Listing.Page page(String number, Answer answer) {
    Optional<String> next = answer.body().hasNonNull("next") ? Optional.of(Listing.next(number)) : Optional.empty();
    return new Listing.Page(Answer.elements(answer.body().path("values")), next);
  }

  private ApiPath commentsOf(Change change) {
    return repository.then("pullrequests", Long.toString(change.number()), "comments");
  }

  @Override
  public void write(Change change, String text) throws InterruptedException {
    api.post(commentsOf(change), body(text));
  }

  @Override
  public void rewrite(Change change, Comment comment, String text) throws InterruptedException {
    api.put(commentsOf(change).then(comment.id()), body(text));
  }

  private static JsonNode body(String text) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("content").put("raw", text);
    return body;
  }

  @Override
  public boolean ensure(Commit commit, CommitStatus status) throws InterruptedException {
    ApiPath builds = repository.then("commit", commit.id(), "statuses", "build");
    ObjectNode wanted = wanted(commit, status);
    Answer there = api.get(builds.then(CommitStatus.CONTEXT));
    boolean isThere = there.isThere() && Found.same(there.body(), wanted, "/state", "/description", "/url");
    if (!isThere) {
      Found.commit(api.post(builds, wanted), fullName);
    }
    return !isThere;
  }

  /** It wants an address: without one of ours, that of the commit. */
  private ObjectNode wanted(Commit commit, CommitStatus status) {
    return StatusShape.BITBUCKET.write(status).put("name", CommitStatus.CONTEXT)
        .put("url", status.link().orElse(SITE + fullName + "/commits/" + commit.id()));
  }
}
