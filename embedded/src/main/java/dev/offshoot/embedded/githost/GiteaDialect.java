package dev.offshoot.embedded.githost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.embedded.githost.Forge.Mark;
import dev.offshoot.embedded.githost.Forge.Note;
import dev.offshoot.embedded.githost.Forge.Pull;

/** Gitea and Forgejo, of which this one hands out thirty items at most, whatever is asked for. */
record GiteaDialect(String fullName) implements Dialect {
  private static final int MOST = 30;

  @Override
  public String base() {
    return "/api/v1";
  }

  @Override
  public String authorization(String token) {
    return "token " + token;
  }

  @Override
  public Reply answer(Call call, String account, Forge forge) {
    String repository = "api/v1/repos/" + fullName + "/";
    if (call.is("GET", "api/v1/user")) {
      return Reply.ok(user(account));
    }
    if (call.is("GET", repository + "pulls")) {
      var all = forge.pulls(_ -> true);
      return Reply.ok(Reply.list(forge.slice(all, from(call), size(call)).items(), this::pull))
          .with("X-Total-Count", Integer.toString(all.size()));
    }
    if (call.is("GET", repository + "issues/*/comments") && forge.has(call.number(6))) {
      var all = forge.notes(call.number(6));
      return Reply.ok(Reply.list(forge.slice(all, from(call), size(call)).items(), GiteaDialect::note))
          .with("X-Total-Count", Integer.toString(all.size()));
    }
    if (call.is("POST", repository + "issues/*/comments") && forge.has(call.number(6))) {
      return Reply.made(note(forge.say(call.number(6), account, call.body().path("body").asText())));
    }
    if (call.is("PATCH", repository + "issues/comments/*")) {
      return forge.edit(call.number(7), call.body().path("body").asText()).map(note -> Reply.ok(note(note))).orElseGet(Reply::notFound);
    }
    if (call.is("GET", repository + "commits/*/status")) {
      ObjectNode combined = Reply.object().put("sha", call.part(6));
      combined.set("statuses", Reply.list(forge.mark(call.part(6), "offshoot").stream().toList(), GiteaDialect::mark));
      return Reply.ok(combined);
    }
    if (call.is("POST", repository + "statuses/*")) {
      Mark mark = new Mark(call.part(6), call.body().path("context").asText(), call.body().path("state").asText(),
          call.body().path("description").asText(), call.body().path("target_url").asText(""));
      forge.mark(mark);
      return Reply.made(mark(mark));
    }
    return Reply.notFound();
  }

  private static int size(Call call) {
    return Math.min(MOST, call.asked("limit", MOST));
  }

  private static int from(Call call) {
    return (call.asked("page", 1) - 1) * size(call);
  }

  private JsonNode pull(Pull pull) {
    ObjectNode shape = Reply.object().put("number", pull.number())
        .put("state", pull.state() == Forge.State.OPEN ? "open" : "closed");
    shape.putObject("head").put("ref", pull.branch()).putObject("repo")
        .put("full_name", pull.fork() ? "stranger/" + fullName.substring(fullName.indexOf('/') + 1) : fullName);
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
    return Reply.object().put("context", mark.context()).put("status", mark.state()).put("description", mark.line())
        .put("target_url", mark.link());
  }
}
