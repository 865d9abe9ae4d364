package dev.offshoot.embedded.githost;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.embedded.githost.Forge.Mark;
import dev.offshoot.embedded.githost.Forge.Note;
import dev.offshoot.embedded.githost.Forge.Pull;

/** Azure DevOps, version 7.0 of its API, below an organization. A thread has the number of its only comment. */
record AzureDialect(String fullName) implements Dialect {
  private static final String ORGANIZATION = "played";

  @Override
  public String base() {
    return "/" + ORGANIZATION;
  }

  @Override
  public String authorization(String token) {
    return "Basic " + Base64.getEncoder().encodeToString((":" + token).getBytes(StandardCharsets.UTF_8));
  }

  /** A page to log in at. */
  @Override
  public Reply unknown() {
    return new Reply(203, "<html>Azure DevOps Services | Sign In</html>", Map.of("Content-Type", "text/html"));
  }

  @Override
  public Reply answer(Call call, String account, Forge forge) {
    if (call.is("GET", ORGANIZATION + "/_apis/connectionData")) {
      ObjectNode connection = Reply.object();
      connection.putObject("authenticatedUser").put("id", account);
      return Reply.ok(connection);
    }
    if (!call.asked("api-version").equals("7.0")) {
      return Reply.refused(400, "api-version is required");
    }
    String[] projectAndName = fullName.split("/", 2);
    String repository = ORGANIZATION + "/" + projectAndName[0] + "/_apis/git/repositories/" + projectAndName[1] + "/";
    if (call.is("GET", repository + "pullrequests")) {
      return Reply.ok(value(Reply.list(forge.pulls(
          pull -> call.asked("searchCriteria.sourceRefName").equals("refs/heads/" + pull.branch())), AzureDialect::pull)));
    }
    if (call.is("GET", repository + "pullRequests/*/threads") && forge.has(call.number(7))) {
      return Reply.ok(value(Reply.list(forge.notes(call.number(7)), AzureDialect::thread)));
    }
    if (call.is("POST", repository + "pullRequests/*/threads") && forge.has(call.number(7))) {
      return Reply.ok(thread(forge.say(call.number(7), account, call.body().at("/comments/0/content").asText())));
    }
    if (call.is("PATCH", repository + "pullRequests/*/threads/*/comments/1")) {
      return forge.edit(call.number(9), call.body().path("content").asText())
          .map(note -> Reply.ok(comment(note))).orElseGet(Reply::notFound);
    }
    if (call.is("GET", repository + "commits/*/statuses")) {
      return Reply.ok(value(Reply.list(forge.mark(call.part(7), "offshoot").stream().toList(), AzureDialect::mark)));
    }
    if (call.is("POST", repository + "commits/*/statuses")) {
      Mark mark = new Mark(call.part(7), call.body().at("/context/name").asText(), call.body().path("state").asText(),
          call.body().path("description").asText(), call.body().path("targetUrl").asText(""));
      forge.mark(mark);
      return Reply.made(mark(mark));
    }
    return Reply.notFound();
  }

  private static ObjectNode value(JsonNode list) {
    ObjectNode value = Reply.object().put("count", list.size());
    value.set("value", list);
    return value;
  }

  private static JsonNode pull(Pull pull) {
    ObjectNode shape = Reply.object().put("pullRequestId", pull.number()).put("sourceRefName", "refs/heads/" + pull.branch())
        .put("targetRefName", "refs/heads/main").put("status", switch (pull.state()) {
          case OPEN -> "active";
          case MERGED -> "completed";
          case CLOSED -> "abandoned";
        });
    if (pull.fork()) {
      shape.putObject("forkSource").put("name", "refs/heads/" + pull.branch());
    }
    return shape;
  }

  private static JsonNode thread(Note note) {
    ObjectNode shape = Reply.object().put("id", note.id()).put("status", "closed").put("isDeleted", false);
    shape.set("comments", Reply.list(List.of(note), AzureDialect::comment));
    return shape;
  }

  private static JsonNode comment(Note note) {
    ObjectNode shape = Reply.object().put("id", 1).put("content", note.text()).put("commentType", "text").put("isDeleted", false);
    shape.putObject("author").put("id", note.author());
    return shape;
  }

  private static JsonNode mark(Mark mark) {
    ObjectNode shape = Reply.object().put("state", mark.state()).put("description", mark.line())
        .put("targetUrl", mark.link().isEmpty() ? null : mark.link());
    shape.putObject("context").put("name", mark.context()).putNull("genre");
    return shape;
  }
}
