package dev.offshoot.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a permitted configuration may cost. Memory and time are one server's, which other namespaces share, so what grows with a number has a
 * largest one: above what Solr's own examples say, below what one branch could stop a server with.
 */
final class CostRules {
  private static final int MOST_CACHES = 10;
  private static final int MOST_AUTOWARMED = 1_000;
  private static final long MOST_READ = 8L << 20;
  private static final Set<String> CACHES = Set.of("filterCache", "queryResultCache", "documentCache", "fieldValueCache", "cache");
  private static final Limit CACHED = new Limit(0, 20_000);
  private static final Limit MEGABYTES = new Limit(-1, 128);
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");
  private static final Map<String, Limit> OF_CACHES = Map.of("size", CACHED, "initialSize", CACHED, "maxRamMB", new Limit(0, 64));
  private static final Map<String, Limit> TEXTS = Map.of("maxBooleanClauses", new Limit(1, 4_096), "ramBufferSizeMB", MEGABYTES,
      "ramPerThreadHardLimitMB", MEGABYTES, "maxBufferedDocs", new Limit(-1, 100_000), "maxWarmingSearchers", new Limit(1, 4),
      "queryResultWindowSize", new Limit(1, 1_000), "queryResultMaxDocsCached", new Limit(1, 2_000));
  /** By the {@code name} of an {@code <int>} and its like. */
  private static final Map<String, Limit> NAMED = Map.of("maxThreadCount", new Limit(-1, 4), "maxMergeCount", new Limit(-1, 16),
      "numRecordsToKeep", new Limit(1, 10_000), "maxNumLogsToKeep", new Limit(1, 100), "numVersionBuckets", new Limit(1, 65_536),
      "maxMergeAtOnce", new Limit(2, 100), "segmentsPerTier", new Limit(2, 100), "mergeFactor", new Limit(2, 100));
  private static final Map<String, Limit> OF_SCHEMAS = Map.of("maxGramSize", new Limit(1, 50), "maxShingleSize", new Limit(2, 10),
      "maxSubwordSize", new Limit(1, 100), "dimension", new Limit(1, 16), "vectorDimension", new Limit(1, 4_096),
      "hnswMaxConnections", new Limit(1, 128), "hnswBeamWidth", new Limit(1, 1_000), "maxLevels", new Limit(1, 50),
      "maxAnalyzedChars", new Limit(-1, 10_000_000), "hashCount", new Limit(1, 16));
  private static final Set<String> COMMITS = Set.of("autoCommit", "autoSoftCommit");
  private static final int SOONEST_COMMIT_MILLIS = 500;

  private final String file;
  private final List<Refusal> refusals = new ArrayList<>();

  private CostRules(String file) {
    this.file = file;
  }

  private record Limit(double least, double most) {}

  static List<Refusal> ofSolrconfig(String file, XmlElement root) {
    CostRules rules = new CostRules(file);
    root.all().forEach(rules::solrconfig);
    root.all().filter(one -> one.name().equals("cache")).skip(MOST_CACHES).findFirst()
        .ifPresent(one -> rules.refuse(one, "there are more than " + MOST_CACHES + " caches; remove some"));
    return rules.refusals;
  }

  static List<Refusal> ofSchema(ConfigSet set, String file, XmlElement root) {
    CostRules rules = new CostRules(file);
    root.all().forEach(element -> element.attributes().forEach((name, value) ->
        Optional.ofNullable(OF_SCHEMAS.get(name)).ifPresent(limit -> rules.hold(element, name, value, limit))));
    rules.hold(root, root.all().flatMap(element -> read(set, element)).mapToLong(Long::longValue).sum());
    return rules.refusals;
  }

  /** Each filter makes its own copy of the words that it reads. */
  private static Stream<Long> read(ConfigSet set, XmlElement element) {
    return element.attributes().values().stream().flatMap(value -> Stream.of(value.split(",", -1)))
        .flatMap(path -> set.file(path.strip()).stream()).map(one -> (long) one.text().length());
  }

  private void hold(XmlElement root, long read) {
    if (read > MOST_READ) {
      refuse(root, "its filters read " + (read >> 20) + " MiB of words in all, and each keeps its own; a branch's may read "
          + (MOST_READ >> 20) + " MiB");
    }
  }

  private void solrconfig(XmlElement element) {
    Optional.ofNullable(TEXTS.get(element.name())).ifPresent(limit -> hold(element, element.name(), element.text(), limit));
    element.attribute("name").flatMap(name -> Optional.ofNullable(NAMED.get(name)))
        .ifPresent(limit -> hold(element, element.attribute("name").orElse(""), element.text(), limit));
    if (CACHES.contains(element.name())) {
      OF_CACHES.forEach((name, limit) -> element.attribute(name).ifPresent(value -> hold(element, name, value, limit)));
      autowarming(element);
    }
    if (COMMITS.contains(element.name())) {
      element.children("maxTime").forEach(time -> number(time.text()).filter(millis -> millis < 0 || millis >= SOONEST_COMMIT_MILLIS)
          .ifPresentOrElse(_ -> { }, () -> refuse(time, "<maxTime> is " + SchemaRules.shown(time.text())
              + "; a commit needs " + SOONEST_COMMIT_MILLIS + " ms or more between two, or -1 for none")));
    }
  }

  private void autowarming(XmlElement cache) {
    cache.attribute("autowarmCount").ifPresent(count -> {
      var percent = PERCENT.matcher(count);
      Optional<Double> warmed = percent.matches()
          ? number(cache.attribute("size").orElse("1024")).map(size -> size * Integer.parseInt(percent.group(1)) / 100)
          : number(count);
      if (warmed.filter(one -> one <= MOST_AUTOWARMED).isEmpty()) {
        refuse(cache, "autowarmCount is " + SchemaRules.shown(count) + ", which is more than " + MOST_AUTOWARMED
            + " entries made anew at each commit; write fewer");
      }
    });
  }

  private void hold(XmlElement element, String name, String value, Limit limit) {
    if (number(value).filter(number -> number >= limit.least() && number <= limit.most()).isEmpty()) {
      refuse(element, name + " is " + SchemaRules.shown(value) + "; a branch's may be " + (long) limit.least() + " to " + (long) limit.most());
    }
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.parseDouble(text.strip())).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void refuse(XmlElement element, String what) {
    refusals.add(new Refusal(file, Math.max(1, element.line()), what));
  }
}
