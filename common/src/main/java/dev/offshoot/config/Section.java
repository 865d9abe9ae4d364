package dev.offshoot.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The keys under one key. Asking for a key makes it known; {@link #end} reports those nobody asked for. After a problem
 * a stand-in is
 * returned, so that reading goes on to the next problem; it never leaves the reader.
 */
final class Section {
  private static final String STAND_IN = "-";
  private static final int PORTS = 65_535;

  private final String path;
  private final String pattern;
  private final ObjectNode node;
  private final Reading reading;
  private final Set<String> known = new TreeSet<>();

  private Section(String path, String pattern, ObjectNode node, Reading reading) {
    this.path = path;
    this.pattern = pattern;
    this.node = node;
    this.reading = reading;
  }

  static Section root(ObjectNode node, Reading reading) {
    return new Section("", "", node, reading);
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  String key(String name) {
    return join(path, name);
  }

  void problem(String name, String message) {
    reading.problem(key(name), message);
  }

  Section section(String name) {
    known.add(name);
    return child(name, name);
  }

  /** Sections under names that the user chose, in the file's order. */
  Map<String, Section> sections(String name, String placeholder) {
    Section parent = section(name);
    Map<String, Section> all = new LinkedHashMap<>();
    parent.node.fieldNames().forEachRemaining(each -> all.put(each, parent.child(each, placeholder)));
    return all;
  }

  /** Values under names that the user chose, in the file's order. */
  Map<String, String> values(String name, String placeholder) {
    Section parent = section(name);
    reading.asks(join(parent.pattern, placeholder));
    Map<String, String> all = new LinkedHashMap<>();
    parent.node.fieldNames().forEachRemaining(
        each -> parent.scalar(each, true).ifPresent(value -> all.put(each, value)));
    return all;
  }

  private Section child(String name, String placeholder) {
    JsonNode child = node.path(name);
    if (!child.isObject() && !child.isMissingNode() && !child.isNull()) {
      problem(name, "holds a value; it is a group of keys, each on a line of its own below it");
    }
    ObjectNode object = child instanceof ObjectNode o ? o : node.objectNode();
    return new Section(key(name), join(pattern, placeholder), object, reading);
  }

  private Optional<String> ask(String name, boolean anyType) {
    known.add(name);
    reading.asks(join(pattern, name));
    Optional<String> written = scalar(name, anyType);
    return written.isPresent() || node.hasNonNull(name) ? written : reading.otherwise(key(name));
  }

  private Optional<String> scalar(String name, boolean anyType) {
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : scalar(key(name), value, anyType);
  }

  private Optional<String> scalar(String full, JsonNode value, boolean anyType) {
    if (!value.isValueNode()) {
      reading.problem(full, "is a group or a list; write one value");
      return Optional.empty();
    }
    if (!value.isTextual() && !anyType) {
      reading.problem(full, "reads as a number or true/false; write the text in quotes");
      return Optional.empty();
    }
    return reading.substitute(full, value.asText());
  }

  Optional<String> optional(String name) {
    return ask(name, false).filter(text -> !text.isBlank() || blank(name));
  }

  private boolean blank(String name) {
    problem(name, "is empty; write a value or remove the line");
    return false;
  }

  /** A text that must be there. */
  String text(String name, String example) {
    boolean written = node.hasNonNull(name);
    Optional<String> value = optional(name);
    if (value.isEmpty() && !written) {
      problem(name, "is missing; write for example " + example);
    }
    return value.orElse(STAND_IN);
  }

  String textOr(String name, String otherwise) {
    return optional(name).orElse(otherwise);
  }

  Path path(String name, String example) {
    return reading.path(key(name), text(name, example));
  }

  Optional<Path> optionalPath(String name) {
    return optional(name).map(text -> reading.path(key(name), text));
  }

  boolean isWritten(String name) {
    return node.hasNonNull(name);
  }

  boolean flag(String name, boolean otherwise) {
    Optional<String> text = ask(name, true);
    if (text.filter(t -> !t.equals("true") && !t.equals("false")).isPresent()) {
      problem(name, "must be true or false");
    }
    return text.map(Boolean::parseBoolean).orElse(otherwise);
  }

  int number(String name, Range range) {
    Optional<String> text = ask(name, true);
    if (text.isEmpty()) {
      if (range.otherwise().isEmpty() && !node.hasNonNull(name)) {
        problem(name, "is missing; write a number from " + range.low() + " to " + range.high());
      }
      return range.otherwise().orElse(range.low());
    }
    Optional<Integer> number = text.filter(t -> t.matches("[0-9]{1,9}")).map(Integer::valueOf).filter(range::holds);
    if (number.isEmpty()) {
      problem(name, "must be a number from " + range.low() + " to " + range.high());
    }
    return number.orElse(range.low());
  }

  /** A port, or 0 for a free one; empty when neither the file nor what stands before it says one. */
  OptionalInt port(String name, Optional<String> before) {
    Optional<String> text = before.or(() -> ask(name, true));
    known.add(name);
    reading.asks(join(pattern, name));
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    Optional<Integer> port = text.filter(t -> t.matches("[0-9]{1,5}")).map(Integer::valueOf).filter(n -> n <= PORTS);
    if (port.isEmpty()) {
      problem(name, "must be a number from 0 to " + PORTS);
    }
    return OptionalInt.of(port.orElse(0));
  }

  /** A length of time above zero. */
  Duration duration(String name, Duration otherwise) {
    return duration(name, otherwise, Duration::isPositive,
        "must be a length of time above zero; write for example 3d, 12h, 10m or 30s");
  }

  /** A length of time, or zero for what never comes. */
  Duration durationOrZero(String name, Duration otherwise) {
    return duration(name, otherwise, length -> !length.isNegative(),
        "must be a length of time; write for example 7d or 12h, or 0d for ever");
  }

  private Duration duration(String name, Duration otherwise, Predicate<Duration> may, String rule) {
    Optional<String> text = ask(name, true);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<Duration> duration = text.flatMap(Durations::parse).filter(may);
    if (duration.isEmpty()) {
      problem(name, rule);
    }
    return duration.orElse(otherwise);
  }

  Secret secret(String name, int minimum) {
    String text = text(name, "${A_VARIABLE}");
    return guarded(key(name), text, node.path(name), minimum);
  }

  /** A list of secrets; a problem unless there is one, or two while one is being replaced. */
  List<Secret> secrets(String name, int minimum) {
    known.add(name);
    reading.asks(join(pattern, name));
    JsonNode list = node.path(name);
    if (!list.isArray() || list.isEmpty() || list.size() > 2) {
      problem(name,
          "must be a list of one secret, or of two while one is being replaced; write [\"${SHOP_SECRET}\"]");
      return List.of();
    }
    List<Secret> secrets = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String full = key(name) + "[" + i + "]";
      JsonNode value = list.get(i);
      scalar(full, value, false).ifPresent(text -> secrets.add(guarded(full, text, value, minimum)));
    }
    return secrets;
  }

  /** As {@link #isWritten}, of a key that is known from now on. */
  boolean isAsked(String name) {
    known.add(name);
    reading.asks(join(pattern, name));
    return isWritten(name);
  }

  /** A list of texts, that must be there and not be empty. */
  List<String> texts(String name, int most, String example) {
    JsonNode list = node.path(name);
    if (!isAsked(name) || !list.isArray() || list.isEmpty() || list.size() > most) {
      problem(name, "must be a list of 1 to " + most + " texts; write for example " + example);
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      scalar(key(name) + "[" + i + "]", list.get(i), false).ifPresent(texts::add);
    }
    return texts;
  }

  private Secret guarded(String full, String text, JsonNode written, int minimum) {
    if (!text.equals(STAND_IN) && text.length() < minimum) {
      reading.problem(
          full, "is too short: it has fewer than " + minimum + " characters; 'openssl rand -hex 32' makes a good one");
    }
    if (written.isTextual() && !written.asText().contains("${")) {
      reading.warning(full, "is written in the file; write ${A_VARIABLE} and set the variable where the workers run");
    }
    return new Secret(text.isEmpty() ? STAND_IN : text);
  }

  <E extends Enum<E>> E choice(String name, Class<E> type, Optional<E> otherwise) {
    List<String> choices = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      choices.add(written(constant));
    }
    Optional<String> text = ask(name, false);
    if (text.isEmpty() && otherwise.isPresent()) {
      return otherwise.get();
    }
    int index = choices.indexOf(text.orElse(""));
    if (index < 0 && (text.isPresent() || !node.hasNonNull(name))) {
      problem(name, (text.isPresent() ? "must be " : "is missing; write ") + String.join(" or ", choices));
    }
    return type.getEnumConstants()[Math.max(index, 0)];
  }

  /** How a constant is written in the file. */
  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reports the keys that mean nothing here. */
  void end() {
    node.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        String nearest = Nearest.of(name, known).map(k -> "; did you mean " + key(k) + "?").orElse("");
        problem(name, "is not a key of the configuration" + nearest);
      }
    });
  }

  /**
   * The numbers allowed.
   *
   * @param otherwise what a missing key means; empty where it must be there
   */
  record Range(int low, int high, Optional<Integer> otherwise) {
    static Range required(int low, int high) {
      return new Range(low, high, Optional.empty());
    }

    static Range of(int low, int high, int otherwise) {
      return new Range(low, high, Optional.of(otherwise));
    }

    boolean holds(int number) {
      return number >= low && number <= high;
    }
  }
}
