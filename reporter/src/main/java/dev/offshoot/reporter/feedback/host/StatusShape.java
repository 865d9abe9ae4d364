package dev.offshoot.reporter.feedback.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How an API writes a commit's status.
 *
 * @param name the field that tells our status from others'
 * @param link the field of the address, which is left out where there is none
 */
public record StatusShape(Words words, String name, String link) {
  /** GitHub's, which Gitea has taken over. */
  public static final StatusShape GITHUB = new StatusShape(new Words("pending", "success", "failure"), "context", "target_url");
  public static final StatusShape GITLAB = new StatusShape(new Words("pending", "success", "failed"), "name", "target_url");
  /** Of Bitbucket Cloud and Data Center: a build, which has a name for people besides. */
  public static final StatusShape BITBUCKET = new StatusShape(new Words("INPROGRESS", "SUCCESSFUL", "FAILED"), "key", "url");

  /** What stands for each state. */
  public record Words(String pending, String success, String failure) {
    public String of(CommitStatus.State state) {
      return switch (state) {
        case PENDING -> pending;
        case SUCCESS -> success;
        case FAILURE -> failure;
      };
    }
  }

  public ObjectNode write(CommitStatus status) {
    ObjectNode written = JsonNodeFactory.instance.objectNode()
        .put("state", words.of(status.state())).put(name, CommitStatus.CONTEXT).put("description", status.line());
    status.link().ifPresent(address -> written.put(link, address));
    return written;
  }
}
