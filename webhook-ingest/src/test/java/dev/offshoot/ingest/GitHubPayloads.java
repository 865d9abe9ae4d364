package dev.offshoot.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Written from GitHub's documented schema (docs.github.com, "Webhook events and payloads"), not captured: the
 * fields that count.
 */
final class GitHubPayloads {
  static final String REPOSITORY = "acme/site";
  static final String BEFORE = "1111111111111111111111111111111111111111";
  static final String AFTER = "2222222222222222222222222222222222222222";
  static final String ZEROS = "0000000000000000000000000000000000000000";

  private GitHubPayloads() {}

  static ObjectNode push(String ref) {
    ObjectNode body = object().put("ref", ref).put("before", BEFORE).put("after", AFTER)
        .put("created", false).put("deleted", false).put("forced", false);
    body.putObject("pusher").put("name", "kim").put("email", "kim@example.test");
    body.putArray("commits").addObject().put("id", AFTER).put("message", "Add a column");
    return about(body, REPOSITORY);
  }

  static ObjectNode closed(String branch, boolean merged) {
    ObjectNode body = object().put("action", "closed").put("number", 7);
    ObjectNode change = body.putObject("pull_request").put("number", 7).put("state", "closed").put("merged", merged);
    change.putObject("head").put("ref", branch).put("sha", AFTER).putObject("repo").put("id", 5)
        .put("full_name", REPOSITORY);
    change.putObject("base").put("ref", "main").put("sha", BEFORE).putObject("repo").put("id", 5)
        .put("full_name", REPOSITORY);
    return about(body, REPOSITORY);
  }

  static ObjectNode about(ObjectNode body, String repository) {
    body.putObject("repository").put("id", 5).put("full_name", repository).put("default_branch", "main");
    body.putObject("sender").put("login", "kim").put("id", 3);
    return body;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
