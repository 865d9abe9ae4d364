package dev.offshoot.embedded.githost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.embedded.githost.Forge.Mark;
import dev.offshoot.embedded.githost.Forge.Note;
import dev.offshoot.embedded.githost.Forge.Pull;

/** Bitbucket Cloud, version 2.0 of its API. */
record BitbucketCloudDialect(String fullName) implements Dialect {
  private static final String BY_BRANCH = "source.branch.name=";

  @Override
  public String base() {
    return "/2.0";
  }

  @Override
  public String authorization(String token) {
    return "Bearer " + token;
  }

  @Override
  public Reply answer(Call call, String account, Forge forge) {
    String repository = "2.0/repositories/" + fullName + "/";
    if (call.is("GET", "2.0/user")) {
      return Reply.ok(user(account));
    }
    if (call.is("GET", repository + "pullrequests")) {
      String query = call.asked("q");
      if (!query.matches(BY_BRANCH + "\"(?:[^\"\\\\]|\\\\.)*\"")) {
        return Reply.refused(400, "Invalid query");
      }
      String branch = query.substring(BY_BRANCH.length() + 1, query.length() - 1).replaceAll("\\\\(.)", "$1");
      ObjectNode page = Reply.object();
      page.set("values", Reply.list(forge.pulls(pull -> pull.branch().equals(branch)), this::pull));
      return Reply.ok(page);
    }
    if (call.is("GET", repository + "pullrequests/*/comments") && forge.has(call.number(5))) {
      int size = call.asked("pagelen", 10);
      int number = call.asked("page", 1);
      Forge.Slice<Note> slice = forge.slice(forge.notes(call.number(5)), (number - 1) * size, size);
      ObjectNode page = Reply.object().put("page", number).put("pagelen", size);
      page.set("values", Reply.list(slice.items(), BitbucketCloudDialect::note));
      if (slice.goesOn()) {
        // where it points must not be followed with the token
        page.put("next", "https://elsewhere.example.com/page/" + (number + 1));
      }
      return Reply.ok(page);
    }
    if (call.is("POST", repository + "pullrequests/*/comments") && forge.has(call.number(5))) {
      return Reply.made(note(forge.say(call.number(5), account, call.body().at("/content/raw").asText())));
    }
    if (call.is("PUT", repository + "pullrequests/*/comments/*")) {
      return forge.edit(call.number(7), call.body().at("/content/raw").asText())
          .map(note -> Reply.ok(note(note))).orElseGet(Reply::notFound);
    }
    if (call.is("GET", repository + "commit/*/statuses/build/*")) {
      return forge.mark(call.part(5), call.part(8)).map(mark -> Reply.ok(mark(mark))).orElseGet(Reply::notFound);
    }
    return call.is("POST", repository + "commit/*/statuses/build") ? marked(call, forge) : Reply.notFound();
  }

  private static Reply marked(Call call, Forge forge) {
    if (call.body().path("url").asText("").isEmpty() || call.body().path("key").asText("").isEmpty()) {
      return Reply.refused(400, "url and key are required");
    }
    Mark mark = new Mark(call.part(5), call.body().path("key").asText(), call.body().path("state").asText(),
        call.body().path("description").asText(), call.body().path("url").asText());
    forge.mark(mark);
    return Reply.made(mark(mark));
  }

  private JsonNode pull(Pull pull) {
    ObjectNode shape = Reply.object().put("id", pull.number()).put("state", switch (pull.state()) {
      case OPEN -> "OPEN";
      case MERGED -> "MERGED";
      case CLOSED -> "DECLINED";
    });
    ObjectNode source = shape.putObject("source");
    source.putObject("branch").put("name", pull.branch());
    source.putObject("repository").put("full_name", pull.fork() ? "stranger/shop" : fullName);
    return shape;
  }

  private static ObjectNode user(String account) {
    return Reply.object().put("nickname", account).put("uuid", "{" + account + "}");
  }

  private static JsonNode note(Note note) {
    ObjectNode shape = Reply.object().put("id", note.id()).put("deleted", false);
    shape.putObject("content").put("raw", note.text());
    shape.set("user", user(note.author()));
    return shape;
  }

  private static JsonNode mark(Mark mark) {
    return Reply.object().put("key", mark.context()).put("state", mark.state()).put("description", mark.line()).put("url", mark.link());
  }
}
