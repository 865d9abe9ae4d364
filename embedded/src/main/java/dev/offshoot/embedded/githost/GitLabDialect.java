package dev.offshoot.embedded.githost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.embedded.githost.Forge.Mark;
import dev.offshoot.embedded.githost.Forge.Note;
import dev.offshoot.embedded.githost.Forge.Pull;

/** GitLab, version 4 of its API. */
record GitLabDialect(String fullName) implements Dialect {

  @Override
  public String base() {
    return "/api/v4";
  }

  @Override
  public String authorization(String token) {
    return "Bearer " + token;
  }

  @Override
  public Reply answer(Call call, String account, Forge forge) {
    if (call.is("GET", "api/v4/user")) {
      return Reply.ok(user(account));
    }
    // the project's full name is one part of the path, with its slash encoded
    if (call.path().size() < 4 || !call.part(2).equals("projects") || !call.part(3).equals(fullName)) {
      return Reply.notFound();
    }
    String project = "api/v4/projects/*/";
    if (call.is("GET", project + "merge_requests")) {
      return Reply.ok(Reply.list(forge.pulls(pull -> call.asked("source_branch").equals(pull.branch())), GitLabDialect::pull));
    }
    if (call.is("GET", project + "merge_requests/*/notes") && forge.has(call.number(5))) {
      int size = call.asked("per_page", 20);
      return Reply.ok(Reply.list(
          forge.slice(forge.notes(call.number(5)), (call.asked("page", 1) - 1) * size, size).items(), GitLabDialect::note));
    }
    if (call.is("POST", project + "merge_requests/*/notes") && forge.has(call.number(5))) {
      return Reply.made(note(forge.say(call.number(5), account, call.body().path("body").asText())));
    }
    if (call.is("PUT", project + "merge_requests/*/notes/*")) {
      return forge.edit(call.number(7), call.body().path("body").asText()).map(note -> Reply.ok(note(note))).orElseGet(Reply::notFound);
    }
    if (call.is("GET", project + "repository/commits/*/statuses")) {
      return Reply.ok(Reply.list(forge.mark(call.part(6), call.asked("name")).stream().toList(), GitLabDialect::mark));
    }
    return call.is("POST", project + "statuses/*") ? marked(call, forge) : Reply.notFound();
  }

  private static Reply marked(Call call, Forge forge) {
    Mark mark = new Mark(call.part(5), call.body().path("name").asText(), call.body().path("state").asText(),
        call.body().path("description").asText(), call.body().path("target_url").asText(""));
    boolean waits = forge.mark(mark.commit(), mark.context()).filter(before -> before.state().equals("pending")).isPresent();
    if (waits && mark.state().equals("pending")) {
      return Reply.refused(400, "Cannot transition status via :enqueue from :pending");
    }
    forge.mark(mark);
    return Reply.made(mark(mark));
  }

  private static JsonNode pull(Pull pull) {
    return Reply.object().put("iid", pull.number()).put("source_branch", pull.branch()).put("target_branch", "main")
        .put("source_project_id", pull.fork() ? 8 : 7).put("target_project_id", 7)
        .put("state", switch (pull.state()) {
          case OPEN -> "opened";
          case MERGED -> "merged";
          case CLOSED -> "closed";
        });
  }

  private static ObjectNode user(String account) {
    return Reply.object().put("username", account).put("id", Integer.toUnsignedLong(account.hashCode()));
  }

  private static JsonNode note(Note note) {
    ObjectNode shape = Reply.object().put("id", note.id()).put("body", note.text()).put("system", false);
    shape.set("author", user(note.author()));
    return shape;
  }

  private static JsonNode mark(Mark mark) {
    return Reply.object().put("name", mark.context()).put("status", mark.state()).put("description", mark.line())
        .put("target_url", mark.link().isEmpty() ? null : mark.link());
  }
}
