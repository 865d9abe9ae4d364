package dev.offshoot.ingest.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.jgit.lib.Repository;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.CommitPrefix;
import dev.offshoot.environment.GitRef;

/**
 * A JSON object of a delivery that is asked for its fields by name and type. What is missing or of another type is a
 * {@link MalformedDelivery} that names the JSON path.
 *
 * @param path where the object stands, {@code $} for the whole body
 */
public record Payload(String path, JsonNode node) {
  private static final int MAX_ACTOR_LENGTH = 100;
  private static final int MAX_LABEL_LENGTH = 255;
  private static final int MOST_LABELS = 500;

  /** The whole body, which must be an object. */
  public static Payload of(JsonNode body) {
    if (!body.isObject()) {
      throw new MalformedDelivery(
          "The body is not a JSON object. Set the webhook's content type to application/json at the git host.");
    }
    return new Payload("$", body);
  }

  public Payload object(String field) {
    return optionalObject(field).orElseThrow(() -> malformed(field, "must be an object"));
  }

  /** Empty when the field is absent or null. */
  public Optional<Payload> optionalObject(String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw malformed(field, "must be an object");
    }
    return Optional.of(new Payload(path + '.' + field, value));
  }

  public String text(String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw malformed(field, "must be text");
    }
    return value.textValue();
  }

  /** Empty when the field is absent or null. */
  public Optional<String> optionalText(String field) {
    return node.path(field).isMissingNode() || node.path(field).isNull() ? Optional.empty() : Optional.of(text(field));
  }

  /** The objects of a list. */
  public List<Payload> objects(String field) {
    JsonNode value = node.path(field);
    if (!value.isArray()) {
      throw malformed(field, "must be a list");
    }
    List<Payload> all = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      if (!value.get(i).isObject()) {
        throw malformed(field, "must be a list of objects");
      }
      all.add(new Payload(path + '.' + field + '[' + i + ']', value.get(i)));
    }
    return all;
  }

  /** False when the field is absent. */
  public boolean optionalFlag(String field) {
    return !node.path(field).isMissingNode() && flag(field);
  }

  public boolean flag(String field) {
    JsonNode value = node.path(field);
    if (!value.isBoolean()) {
      throw malformed(field, "must be true or false");
    }
    return value.booleanValue();
  }

  /** A whole number from 1 on. */
  public long number(String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw malformed(field, "must be a whole number from 1 on");
    }
    return value.longValue();
  }

  /** Empty when the field is absent or null. */
  public OptionalLong optionalNumber(String field) {
    return node.path(field).isMissingNode() || node.path(field).isNull() ? OptionalLong.empty() : OptionalLong.of(number(field));
  }

  /** Somebody's name, made fit to be shown: a strange name is no reason to lose what they did. */
  public String actor(String field) {
    return PrintableText.of(text(field), MAX_ACTOR_LENGTH);
  }

  /** Somebody's name from the first of the fields that is text, for hosts that name people in several ways. */
  public String actorOf(String... fields) {
    for (String field : fields) {
      if (node.path(field).isTextual()) {
        return actor(field);
      }
    }
    return "unknown";
  }

  public Commit commit(String field) {
    return optionalCommit(field)
        .orElseThrow(() -> malformed(field, "must be a commit, and is the zeros that stand for none"));
  }

  /** A commit, or its first twelve digits or more. */
  public CommitPrefix commitPrefix(String field) {
    String digits = text(field);
    if (!CommitPrefix.isPrefix(digits)) {
      throw malformed(field, "must be 12 to 64 lower-case hex digits of a commit");
    }
    return new CommitPrefix(digits);
  }

  /** The names of labels, from a list of texts, or of objects that have them in a field. */
  public Set<String> labels(String field, Optional<String> name) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Set.of();
    }
    if (!value.isArray()) {
      throw malformed(field, "must be a list");
    }
    Set<String> all = new LinkedHashSet<>();
    for (JsonNode each : value) {
      JsonNode label = name.map(each::path).orElse(each);
      if (!label.isTextual() || all.size() == MOST_LABELS) {
        throw malformed(field, "must be a list of at most " + MOST_LABELS + " labels");
      }
      all.add(PrintableText.of(label.textValue(), MAX_LABEL_LENGTH));
    }
    return all;
  }

  /** Empty for the zeros that stand for "no commit". */
  public Optional<Commit> optionalCommit(String field) {
    String id = text(field);
    if (Commit.isCommit(id)) {
      return Optional.of(new Commit(id));
    }
    if (id.matches("0{40}|0{64}")) {
      return Optional.empty();
    }
    throw malformed(field, "must be a commit of 40 or 64 lower-case hex digits");
  }

  /** The field holds a full ref name. */
  public GitRef ref(String field) {
    return ref(field, text(field));
  }

  /** The field holds a branch's short name. */
  public GitRef branch(String field) {
    return ref(field, "refs/heads/" + text(field));
  }

  private GitRef ref(String field, String name) {
    boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(name);
    if (name.length() > GitRef.MAX_LENGTH || !encodable || !name.startsWith("refs/")
        || !Repository.isValidRefName(name)) {
      throw malformed(field, "is not a name that git allows for a ref");
    }
    return new GitRef(name);
  }

  private MalformedDelivery malformed(String field, String problem) {
    return new MalformedDelivery(path + '.' + field + ' ' + problem + ". Send the git host's own payload unchanged.");
  }
}
