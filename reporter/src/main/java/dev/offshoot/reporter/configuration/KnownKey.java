package dev.offshoot.reporter.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys that always have one value here, and which it is.
 *
 * @param otherwise whether another value makes Flyway run something else
 */
record KnownKey(String key, String here, boolean otherwise) {
  private static final Map<String, KnownKey> FIXED = Arrays.asList(
      runs("mixed", "false"), runs("group", "false"), runs("executeInTransaction", "true"),
      runs("sqlMigrationPrefix", "V"), runs("repeatableSqlMigrationPrefix", "R"), runs("sqlMigrationSeparator", "__"),
      runs("sqlMigrationSuffixes", ".sql"), runs("encoding", "UTF-8"), runs("detectEncoding", "false"), runs("initSql", ""),
      runs("callbacks", ""), runs("callbackLocations", ""), runs("resolvers", ""), runs("target", "latest"), runs("cherryPick", ""),
      runs("skipExecutingMigrations", "false"), runs("baselineOnMigrate", "false"), runs("errorOverrides", ""),
      runs("placeholderPrefix", "${"), runs("placeholderSuffix", "}"), runs("placeholderSeparator", ":"), runs("tablespace", ""),
      runs("ignoreMigrationPatterns", "*:future"),
      note("validateOnMigrate", "true"), note("validateMigrationNaming", "true"), note("createSchemas", "false"),
      note("skipDefaultResolvers", "false"), note("skipDefaultCallbacks", "true"), note("failOnMissingLocations", "false"),
      note("enabled", "true"), note("postgresql.transactional.lock", "false"), note("postgresql.transactionalLock", "false"))
      .stream().collect(Collectors.toMap(KnownKey::key, Function.identity()));
  /** What says nothing about migrations: connections and their secrets, what is printed, and other commands than migrate. */
  private static final Set<String> ELSEWHERE = Set.of("url", "user", "password", "driver", "connectRetries", "connectRetriesInterval",
      "lockRetryCount", "licenseKey", "token", "email", "environment", "edition", "configFiles", "configFileEncoding", "configurations",
      "workingDirectory", "jarDirs", "loggers", "color", "outputType", "outputProgress", "outputQueryResults", "cleanDisabled",
      "baselineVersion", "baselineDescription", "baselineMigrationPrefix", "undoSqlMigrationPrefix", "installedBy", "dryRunOutput",
      "reportEnabled", "reportFilename", "kerberosConfigFile", "powershellExecutable", "scriptPlaceholderPrefix",
      "scriptPlaceholderSuffix", "communityDBSupportEnabled", "batch", "stream");
  private static final Pattern ELSEWHERE_BELOW =
      Pattern.compile("(?:environments|jdbcProperties|check|snapshot|deploy|vault|dapr|gcsm|sqlserver|oracle|mysql|clean|undo|prepare|diff)\\..+");

  /** Those that are compared with what the operator has set. */
  private static final Set<String> OPERATORS =
      Set.of("outOfOrder", "table", "schemas", "defaultSchema", "locations", "placeholderReplacement");
  private static final Map<String, String> BY_LETTERS = Stream.of(FIXED.keySet(), ELSEWHERE, OPERATORS).flatMap(Set::stream)
      .collect(Collectors.toMap(KnownKey::letters, Function.identity(), (one, _) -> one));

  private static KnownKey runs(String key, String here) {
    return new KnownKey(key, here, true);
  }

  private static KnownKey note(String key, String here) {
    return new KnownKey(key, here, false);
  }

  static Optional<KnownKey> of(String key) {
    return Optional.ofNullable(FIXED.get(key));
  }

  /** The name that Flyway has for a key which is written {@code out-of-order} or {@code OUT_OF_ORDER}; the same where there is none. */
  static String named(String relaxed) {
    return BY_LETTERS.getOrDefault(letters(relaxed), relaxed);
  }

  private static String letters(String key) {
    return key.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  static boolean isElsewhere(String key) {
    return ELSEWHERE.contains(key) || ELSEWHERE_BELOW.matcher(key).matches();
  }
}
