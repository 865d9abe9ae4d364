package dev.offshoot.search;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the names in a config set may point to. */
final class SafeNames {
  /** Solr's own short form, or a full name within Solr or Lucene, or the bare name. */
  private static final Pattern CLASS =
      Pattern.compile("(?:(?:solr|org\\.apache\\.solr|org\\.apache\\.lucene)\\.(?:[a-z0-9]+\\.)*)?([A-Z][A-Za-z0-9]*)");
  private static final Pattern RELATIVE = Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}");

  private SafeNames() {}

  /** The class's own name; empty for one that may not be Solr's. */
  static Optional<String> simple(String className) {
    Matcher matcher = CLASS.matcher(className);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether these are files within the config set or among Solr's own resources, separated by commas. */
  static boolean areWithin(String files) {
    return Stream.of(files.split(",", -1)).map(String::strip).allMatch(file -> RELATIVE.matcher(file).matches());
  }
}
