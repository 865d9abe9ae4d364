package dev.offshoot.reporter.feedback.host;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A repository's pulls and their comments as GitHub's API has them, which Gitea has taken over: a pull is an issue, too. */
public final class Issues {
  private final RestApi api;
  private final String fullName;
  private final ApiPath repository;
  private final Account account;

  public Issues(RestApi api, String fullName) {
    this.api = api;
    this.fullName = fullName;
    this.repository = ApiPath.of("repos").then(fullName.split("/", -1));
    this.account = new Account(() -> Found.text(api.get(ApiPath.of("user")).body(), "/id"));
  }

  public ApiPath repository() {
    return repository;
  }

  /** Of listed pulls those of a branch of this repository; one of a fork may have a branch of the same name. */
  public List<Change> changes(Stream<JsonNode> pulls, String branch) {
    return pulls.filter(pull -> pull.at("/head/ref").asText().equals(branch)
            && pull.at("/head/repo/full_name").asText().equalsIgnoreCase(fullName))
        .limit(GitHostApi.MOST_CHANGES)
        .map(pull -> new Change(pull.path("number").asLong(), pull.path("state").asText().equals("open"))).toList();
  }

  public ApiPath commentsOf(Change change) {
    return repository.then("issues", Long.toString(change.number()), "comments");
  }

  /** Of listed comments those of our account. */
  public List<Comment> ours(Stream<JsonNode> comments) throws InterruptedException {
    String ours = account.id();
    return comments.filter(comment -> comment.at("/user/id").asText().equals(ours))
        .map(comment -> new Comment(comment.path("id").asText(), comment.path("body").asText())).toList();
  }

  public void write(Change change, String text) throws InterruptedException {
    api.post(commentsOf(change), body(text));
  }

  public void rewrite(Comment comment, String text) throws InterruptedException {
    api.patch(repository.then("issues", "comments", comment.id()), body(text));
  }

  private static JsonNode body(String text) {
    return JsonNodeFactory.instance.objectNode().put("body", text);
  }
}
