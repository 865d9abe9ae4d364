package dev.offshoot.provisioner.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A name of parts, in each of which {@code *} stands for any text. A part in double quotes is taken as it is. */
public final class NamePattern {
  private static final Pattern PART = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")+)\"|([^.\"]+))(\\.|$)");
  /** More than all letters of a name. */
  private static final long WHOLE = 1_000;

  private final List<Pattern> parts;
  private final long exactness;

  private NamePattern(List<Pattern> parts, long exactness) {
    this.parts = List.copyOf(parts);
    this.exactness = exactness;
  }

  /** @throws IllegalArgumentException when the text is not of so many parts */
  static NamePattern parse(String text, List<String> before, int count) {
    List<String> read = new ArrayList<>();
    List<Boolean> quoted = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find()) {
      quoted.add(matcher.group(1) != null);
      read.add(matcher.group(1) != null ? matcher.group(1).replace("\"\"", "\"") : matcher.group(2));
      end = matcher.end();
    }
    if (end < text.length() || text.endsWith(".") || read.size() > count || read.size() < count - before.size()) {
      throw new IllegalArgumentException("is not a name of " + count + " parts with dots between them");
    }
    List<String> missing = before.subList(0, count - read.size());
    List<String> all = Stream.concat(missing.stream(), read.stream()).toList();
    int shift = missing.size();
    return of(all, IntStream.range(0, count).mapToObj(i -> i >= shift && quoted.get(i - shift)).toList());
  }

  /** One part, quotes and dots as they are. */
  static NamePattern single(String text) {
    return of(List.of(text), List.of(false));
  }

  private static NamePattern of(List<String> parts, List<Boolean> literal) {
    List<Pattern> patterns = new ArrayList<>();
    long exactness = 0;
    for (int i = 0; i < parts.size(); i++) {
      boolean whole = literal.get(i) || parts.get(i).indexOf('*') < 0;
      patterns.add(whole ? Pattern.compile(Pattern.quote(parts.get(i))) : glob(parts.get(i)));
      // the last part counts most: a column that is named in all tables is meant more than all columns of a table
      long weight = (long) Math.pow(WHOLE, i);
      exactness += weight * (whole ? WHOLE - 1 : Math.min(parts.get(i).replace("*", "").length(), WHOLE - 2));
    }
    return new NamePattern(patterns, exactness);
  }

  private static Pattern glob(String text) {
    return Pattern.compile(Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
  }

  boolean fits(List<String> name) {
    return name.size() == parts.size()
        && IntStream.range(0, parts.size()).allMatch(i -> parts.get(i).matcher(name.get(i)).matches());
  }

  /** Greater for the pattern that leaves less open. */
  long exactness() {
    return exactness;
  }
}
