package dev.offshoot.embedded.githost;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.embedded.githost.Forge.Mark;
import dev.offshoot.embedded.githost.Forge.Note;
import dev.offshoot.embedded.githost.Forge.Pull;

/** Bitbucket Data Center 8. */
record BitbucketDataCenterDialect(String fullName) implements Dialect {

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
    String[] projectAndSlug = fullName.split("/", 2);
    String repository = "rest/api/latest/projects/" + projectAndSlug[0] + "/repos/" + projectAndSlug[1] + "/";
    if (call.is("GET", "plugins/servlet/applinks/whoami")) {
      return Reply.text(200, account);
    }
    if (call.is("GET", repository + "pull-requests")) {
      ObjectNode page = Reply.object().put("isLastPage", true);
      page.set("values", Reply.list(
          forge.pulls(pull -> call.asked("at").equals("refs/heads/" + pull.branch())), BitbucketDataCenterDialect::pull));
      return Reply.ok(page);
    }
    if (call.is("GET", repository + "pull-requests/*/activities") && forge.has(call.number(8))) {
      return Reply.ok(activities(call, forge));
    }
    if (call.is("POST", repository + "pull-requests/*/comments") && forge.has(call.number(8))) {
      String text = call.body().path("text").asText();
      return text.length() > 32_768
          ? Reply.refused(400, "too long") : Reply.made(note(forge.say(call.number(8), account, text)));
    }
    if (call.is("PUT", repository + "pull-requests/*/comments/*")) {
      return edited(call, forge);
    }
    if (call.is("GET", repository + "commits/*/builds")) {
      return forge.mark(call.part(8), call.asked("key")).map(mark -> Reply.ok(mark(mark))).orElseGet(Reply::notFound);
    }
    return call.is("POST", repository + "commits/*/builds") ? marked(call, forge) : Reply.notFound();
  }

  /** The newest first, and not comments alone. */
  private static ObjectNode activities(Call call, Forge forge) {
    int from = call.asked("start", 0);
    Forge.Slice<Note> slice = forge.slice(forge.notes(call.number(8)).reversed(), from, call.asked("limit", 25));
    ObjectNode page = Reply.object().put("isLastPage", !slice.goesOn()).put("nextPageStart", from + slice.items().size());
    page.set("values", Reply.list(slice.items(), note -> {
      ObjectNode activity = Reply.object().put("id", 1_000 + note.id()).put("action", "COMMENTED").put("commentAction", "ADDED");
      activity.set("comment", note(note));
      return activity;
    }).add(Reply.object().put("id", 1).put("action", "OPENED")));
    return page;
  }

  private static Reply edited(Call call, Forge forge) {
    List<Note> now = forge.notes(call.number(8)).stream().filter(note -> note.id() == call.number(10)).toList();
    if (now.isEmpty()) {
      return Reply.notFound();
    }
    if (call.body().path("version").asInt(-1) != now.getFirst().version()) {
      return Reply.refused(409, "You are attempting to modify a comment based on out-of-date information.");
    }
    return forge.edit(call.number(10), call.body().path("text").asText()).map(note -> Reply.ok(note(note))).orElseGet(Reply::notFound);
  }

  private static Reply marked(Call call, Forge forge) {
    if (call.body().path("url").asText("").isEmpty() || call.body().path("key").asText("").isEmpty()) {
      return Reply.refused(400, "url and key are required");
    }
    forge.mark(new Mark(call.part(8), call.body().path("key").asText(), call.body().path("state").asText(),
        call.body().path("description").asText(), call.body().path("url").asText()));
    return new Reply(204, "", Map.of());
  }

  private static JsonNode pull(Pull pull) {
    ObjectNode shape = Reply.object().put("id", pull.number()).put("state", switch (pull.state()) {
      case OPEN -> "OPEN";
      case MERGED -> "MERGED";
      case CLOSED -> "DECLINED";
    });
    shape.putObject("fromRef").put("id", "refs/heads/" + pull.branch()).putObject("repository").put("id", pull.fork() ? 8 : 7);
    shape.putObject("toRef").put("id", "refs/heads/main").putObject("repository").put("id", 7);
    return shape;
  }

  private static JsonNode note(Note note) {
    ObjectNode shape = Reply.object().put("id", note.id()).put("version", note.version()).put("text", note.text());
    shape.putObject("author").put("name", note.author()).put("slug", note.author());
    return shape;
  }

  private static JsonNode mark(Mark mark) {
    return Reply.object().put("key", mark.context()).put("state", mark.state()).put("description", mark.line()).put("url", mark.link());
  }
}
