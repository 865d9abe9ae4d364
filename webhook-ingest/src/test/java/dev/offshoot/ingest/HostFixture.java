package dev.offshoot.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.config.GitHostName;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.ingest.delivery.Headers;

/** The payloads in a folder of the test resources, and how their git host signs. */
record HostFixture(GitHostName name, String folder, String fullName, Signing signing) {
  static final String BRANCH = "feature/new_cool_page";
  static final Commit TIP = new Commit("2a1d3c8bae4f506172839405b6c7d8e9f0a11223");
  static final Commit ODD = new Commit("3b2e4d9cbf506172839405a6c7d8e9f0a1b22334");
  static final GitRef MAIN = GitRef.ofBranch("main");
  static final Clock CLOCK = Clock.fixed(RunningIngest.NOW, ZoneOffset.UTC);
  private static final RepositoryKey KEY = new RepositoryKey("acme");

  /** The headers of a body; {@code hint} says which event it is, where a header does. */
  interface Signing {
    Map<String, String> headers(String hint, byte[] body);
  }

  static Origin origin(String branch) {
    return Origin.ofBranch(KEY, GitRef.ofBranch(branch));
  }

  static Request pushed(String branch, Commit commit, boolean created, boolean forced) {
    return new Request.BranchPushed(origin(branch), commit, created, forced, "kim");
  }

  static Request deleted(String branch) {
    return new Request.BranchDeleted(origin(branch), "kim");
  }

  static Request merged() {
    return new Request.ChangeMerged(origin(BRANCH), TIP, MAIN, 7, "kim");
  }

  static Request updated(String... labels) {
    return new Request.ChangeUpdated(origin(BRANCH), TIP, MAIN, 7, Set.of(labels), "kim");
  }

  static Request closed() {
    return new Request.ChangeClosed(origin(BRANCH), 7, "kim");
  }

  ObjectNode body(String fixture) {
    try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/" + folder + "/" + fixture + ".json"), fixture)) {
      return (ObjectNode) new JsonMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Hook hook() {
    return Hook.of(TestConfig.repository(KEY, name, fullName), CLOCK);
  }

  List<Request> requests(String fixture, String hint) {
    return messages(body(fixture), hint).stream().map(message -> (Request) message.event()).toList();
  }

  List<Message> messages(ObjectNode body, String hint) {
    return switch (read(body, hint)) {
      case DeliveryReader.Reading.Publish publish -> publish.messages();
      case DeliveryReader.Reading.Answered answered -> throw new AssertionError(answered.answer().reason());
    };
  }

  String ignored(String fixture, String hint) {
    Answer answer = answered(body(fixture), hint);
    if (answer.verdict() != Verdict.IGNORED) {
      throw new AssertionError(answer.verdict() + ": " + answer.reason());
    }
    return answer.reason();
  }

  Answer answered(ObjectNode body, String hint) {
    return switch (read(body, hint)) {
      case DeliveryReader.Reading.Answered answered -> answered.answer();
      case DeliveryReader.Reading.Publish publish -> throw new AssertionError("accepted: " + publish.messages());
    };
  }

  DeliveryReader.Reading read(ObjectNode body, String hint) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return read(signing.headers(hint, bytes), bytes);
  }

  DeliveryReader.Reading read(Map<String, String> headers, byte[] body) {
    return new DeliveryReader(CLOCK).read(hook(), headers(headers), body);
  }

  static Headers headers(Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    return name -> Optional.ofNullable(all.get(name)).filter(value -> !value.isBlank());
  }
}
