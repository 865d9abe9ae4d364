package dev.offshoot.reporter.feedback.gitea;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.environment.Commit;
import dev.offshoot.reporter.feedback.host.Answer;
import dev.offshoot.reporter.feedback.host.ApiPath;
import dev.offshoot.reporter.feedback.host.Change;
import dev.offshoot.reporter.feedback.host.Comment;
import dev.offshoot.reporter.feedback.host.CommitStatus;
import dev.offshoot.reporter.feedback.host.Found;
import dev.offshoot.reporter.feedback.host.GitHostApi;
import dev.offshoot.reporter.feedback.host.Issues;
import dev.offshoot.reporter.feedback.host.Listing;
import dev.offshoot.reporter.feedback.host.RestApi;
import dev.offshoot.reporter.feedback.host.StatusShape;

/**
 * The REST API of Gitea 1.22 and Forgejo, version 1. It cannot list the pulls of one branch: of all, those that were moved last are
 * looked through.
 */
public final class GiteaApi implements GitHostApi {
  /** A server may have a lower limit than what is asked for, and says how many there are. */
  private static final int PAGE = 50;
  private static final int PAGES_OF_PULLS = 10;
  private static final String TOTAL = "X-Total-Count";

  private final RestApi api;
  private final String fullName;
  private final Issues issues;

  /** @param api below {@code /api/v1} */
  public GiteaApi(RestApi api, String fullName) {
    this.api = api;
    this.fullName = fullName;
    this.issues = new Issues(api, fullName);
  }

  @Override
  public List<Change> changes(String branch) throws InterruptedException {
    ApiPath pulls = issues.repository().then("pulls").with("state", "all").with("sort", "recentupdate").with("limit", PAGE);
    return issues.changes(Listing.beginning("1", "number",
        page -> page(page, Found.repository(api.get(pulls.with("page", page)), fullName)), PAGES_OF_PULLS).stream(), branch);
  }

  private static Listing.Page page(String number, Answer answer) {
    List<JsonNode> items = Answer.elements(answer.body());
    boolean counted = answer.header(TOTAL).isPresent();
    Optional<String> next = items.size() < PAGE && !counted ? Optional.empty() : Optional.of(Listing.next(number));
    return new Listing.Page(items, next);
  }

  @Override
  public List<Comment> comments(Change change) throws InterruptedException {
    return issues.ours(Listing.all("1", "id",
        page -> page(page, api.get(issues.commentsOf(change).with("limit", PAGE).with("page", page)))).stream());
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
    Answer all = api.get(issues.repository().then("commits", commit.id(), "status"));
    Found.commit(all, fullName);
    ObjectNode wanted = StatusShape.GITHUB.write(status);
    boolean isThere = Answer.elements(all.body().path("statuses")).stream()
        .filter(one -> one.path("context").asText().equals(CommitStatus.CONTEXT)).findFirst()
        .filter(one -> Found.same(one, wanted, "/description", "/target_url")
            && one.path("status").asText().equals(wanted.path("state").asText())).isPresent();
    if (!isThere) {
      Found.commit(api.post(issues.repository().then("statuses", commit.id()), wanted), fullName);
    }
    return !isThere;
  }
}
