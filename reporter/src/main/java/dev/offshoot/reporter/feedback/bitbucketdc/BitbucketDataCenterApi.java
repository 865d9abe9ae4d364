package dev.offshoot.reporter.feedback.bitbucketdc;

import java.util.Comparator;
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

/**
 * The REST API of Bitbucket Data Center 7.4 and newer. A change's comments are found among its activities; a comment has a version,
 * and only who names the newest may change it.
 */
public final class BitbucketDataCenterApi implements GitHostApi {
  private static final int PAGE = 100;
  /** Activities come the newest first. */
  private static final Comparator<JsonNode> BY_ID = Comparator.comparingLong(comment -> comment.path("id").asLong());

  private final RestApi api;
  private final String fullName;
  private final String site;
  private final ApiPath repository;
  private final Account account;

  /**
   * @param api below the address of Bitbucket itself
   * @param site that address
   * @param fullName the project's key and the repository's slug
   */
  public BitbucketDataCenterApi(RestApi api, String site, String fullName) {
    this.api = api;
    this.site = site;
    this.fullName = fullName;
    this.repository = ApiPath.of("rest", "api", "latest", "projects", project()).then("repos", slug());
    this.account = new Account(() -> api.text(ApiPath.of("plugins", "servlet", "applinks", "whoami")).strip());
  }

  private String project() {
    return fullName.substring(0, fullName.indexOf('/'));
  }

  private String slug() {
    return fullName.substring(fullName.indexOf('/') + 1);
  }

  @Override
  public List<Change> changes(String branch) throws InterruptedException {
    String ref = "refs/heads/" + branch;
    Answer answer = Found.repository(api.get(repository.then("pull-requests").with("state", "ALL").with("direction", "OUTGOING")
        .with("at", ref).with("order", "NEWEST").with("limit", PAGE)), fullName);
    return Answer.elements(answer.body().path("values")).stream()
        .filter(pull -> pull.at("/fromRef/id").asText().equals(ref)
            && pull.at("/fromRef/repository/id").equals(pull.at("/toRef/repository/id")))
        .limit(MOST_CHANGES)
        .map(pull -> new Change(pull.path("id").asLong(), pull.path("state").asText().equals("OPEN"))).toList();
  }

  @Override
  public List<Comment> comments(Change change) throws InterruptedException {
    String ours = account.id();
    List<JsonNode> activities = Listing.all("0", "id", start -> page(api.get(
        pull(change).then("activities").with("limit", PAGE).with("start", start))));
    return activities.stream().filter(one -> one.path("action").asText().equals("COMMENTED")).map(one -> one.path("comment"))
        .filter(comment -> !ours.isEmpty() && comment.at("/author/name").asText().equals(ours)).sorted(BY_ID)
        .map(comment -> new Comment(comment.path("id").asText() + " " + comment.path("version").asText(), comment.path("text").asText()))
        .toList();
  }

  private static Listing.Page page(Answer answer) {
    Optional<String> next = answer.body().path("isLastPage").asBoolean(true) || !answer.body().hasNonNull("nextPageStart")
        ? Optional.empty()
        : Optional.of(answer.body().path("nextPageStart").asText());
    return new Listing.Page(Answer.elements(answer.body().path("values")), next);
  }

  private ApiPath pull(Change change) {
    return repository.then("pull-requests", Long.toString(change.number()));
  }

  @Override
  public void write(Change change, String text) throws InterruptedException {
    api.post(pull(change).then("comments"), JsonNodeFactory.instance.objectNode().put("text", text));
  }

  @Override
  public void rewrite(Change change, Comment comment, String text) throws InterruptedException {
    String[] idAndVersion = comment.id().split(" ", 2);
    api.put(pull(change).then("comments", idAndVersion[0]),
        JsonNodeFactory.instance.objectNode().put("text", text).put("version", Long.parseLong(idAndVersion[1])));
  }

  @Override
  public boolean ensure(Commit commit, CommitStatus status) throws InterruptedException {
    ApiPath builds = repository.then("commits", commit.id(), "builds");
    ObjectNode wanted = wanted(commit, status);
    Answer there = api.get(builds.with("key", CommitStatus.CONTEXT));
    boolean isThere = there.isThere() && Found.same(there.body(), wanted, "/state", "/description", "/url");
    if (!isThere) {
      Found.commit(api.post(builds, wanted), fullName);
    }
    return !isThere;
  }

  /** It wants an address: without one of ours, that of the commit. */
  private ObjectNode wanted(Commit commit, CommitStatus status) {
    return StatusShape.BITBUCKET.write(status).put("name", CommitStatus.CONTEXT)
        .put("url", status.link().orElse(site + "/projects/" + project() + "/repos/" + slug() + "/commits/" + commit.id()));
  }
}
