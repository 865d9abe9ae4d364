package dev.offshoot.embedded.githost;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.embedded.githost.Forge.Mark;
import dev.offshoot.embedded.githost.Forge.Note;
import dev.offshoot.embedded.githost.Forge.Pull;

/** GitHub, version 2022-11-28. */
record GitHubDialect(String fullName) implements Dialect {

  @Override
  public String base() {
    return "";
  }

  @Override
  public String authorization(String token) {
    return "Bearer " + token;
  }

  @Override
  public Reply answer(Call call, String account, Forge forge) {
    String repository = "repos/" + fullName + "/";
    if (call.is("GET", "user")) {
      return Reply.ok(user(account));
    }
    if (call.is("GET", repository + "pulls")) {
      return Reply.ok(Reply.list(forge.pulls(pull -> call.asked("head").equals(owner(pull) + ":" + pull.branch())), this::pull));
    }
    if (call.is("GET", repository + "issues/*/comments") && forge.has(call.number(4))) {
      int size = call.asked("per_page", 30);
      return Reply.ok(Reply.list(
          forge.slice(forge.notes(call.number(4)), (call.asked("page", 1) - 1) * size, size).items(), GitHubDialect::note));
    }
    if (call.is("POST", repository + "issues/*/comments") && forge.has(call.number(4))) {
      String text = call.body().path("body").asText();
      return text.length() > 65_536
          ? Reply.refused(422, "body is too long") : Reply.made(note(forge.say(call.number(4), account, text)));
    }
    if (call.is("PATCH", repository + "issues/comments/*")) {
      return forge.edit(call.number(5), call.body().path("body").asText()).map(note -> Reply.ok(note(note))).orElseGet(Reply::notFound);
    }
    if (call.is("GET", repository + "commits/*/status")) {
      List<Mark> latest = forge.mark(call.part(4), "offshoot").stream().toList();
      ObjectNode combined = Reply.object().put("sha", call.part(4));
      combined.set("statuses", Reply.list(latest, GitHubDialect::mark));
      return Reply.ok(combined);
    }
    return call.is("POST", repository + "statuses/*") ? marked(call, forge) : Reply.notFound();
  }

  private static Reply marked(Call call, Forge forge) {
    String line = call.body().path("description").asText();
    if (line.length() > 140 || line.codePoints().anyMatch(c -> c > 0xffff)) {
      return Reply.refused(422, "Validation Failed");
    }
    if (!List.of("error", "failure", "pending", "success").contains(call.body().path("state").asText())) {
      return Reply.refused(422, "Validation Failed");
    }
    Mark mark = new Mark(call.part(4), call.body().path("context").asText("default"), call.body().path("state").asText(), line,
        call.body().path("target_url").asText(""));
    forge.mark(mark);
    return Reply.made(mark(mark));
  }

  private String owner(Pull pull) {
    return pull.fork() ? "stranger" : fullName.substring(0, fullName.indexOf('/'));
  }

  private JsonNode pull(Pull pull) {
    ObjectNode shape = Reply.object().put("number", pull.number())
        .put("state", pull.state() == Forge.State.OPEN ? "open" : "closed");
    shape.putObject("head").put("ref", pull.branch()).putObject("repo")
        .put("full_name", pull.fork() ? "stranger/" + fullName.substring(fullName.indexOf('/') + 1) : fullName);
    shape.putObject("base").put("ref", "main").putObject("repo").put("full_name", fullName);
    return shape;
  }

  private static ObjectNode user(String account) {
    return Reply.object().put("login", account).put("id", Integer.toUnsignedLong(account.hashCode()));
  }

  private static JsonNode note(Note note) {
    ObjectNode shape = Reply.object().put("id", note.id()).put("body", note.text());
    shape.set("user", user(note.author()));
    return shape;
  }

  private static JsonNode mark(Mark mark) {
    return Reply.object().put("context", mark.context()).put("state", mark.state()).put("description", mark.line())
        .put("target_url", mark.link().isEmpty() ? null : mark.link());
  }
}
