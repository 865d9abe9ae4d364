package dev.offshoot.environment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of an environment: {@code slug-hash}, a pure function of the repository's key and the full ref.
 *
 * <p>It is a DNS label, a Kafka key, a file name and a Redis key prefix as it stands; {@link ResourceName} makes the Postgres
 * identifier and the Solr core of it. The hash is always there, so that a name never depends on which of two branches that slug alike
 * came first. The slug is for people: it drops a {@code feature/}-like prefix and everything that is not a letter or digit.
 *
 * @param value {@code a-z 0-9 -}, at most 39 bytes, the last ten of them the hash
 */
public record EnvironmentId(String value) implements Comparable<EnvironmentId> {
  static final int SLUG_LENGTH = 28;
  static final int HASH_LENGTH = 10;
  private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,27})-[a-z2-7]{10}");
  private static final Pattern PREFIX = Pattern.compile("^(?:feature|feat|bugfix|fix|hotfix|chore|task)/(?=.)");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern STRANGE = Pattern.compile("[^a-z0-9]+");
  private static final Pattern EDGES = Pattern.compile("^-+|-+$");
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  public EnvironmentId {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "An environment's name looks like new-cool-page-k3v7q2x4ma: '" + value + "' does not; 'offshoot env list' shows the names");
    }
  }

  /** The environment of a branch. */
  public static EnvironmentId of(RepositoryKey repository, GitRef ref) {
    return new EnvironmentId(slug(ref.branch()) + "-" + hash(repository, ref.name()));
  }

  /** The static environment Staging of a repository. */
  public static EnvironmentId staging(RepositoryKey repository) {
    return new EnvironmentId("staging-" + hash(repository, "static:staging"));
  }

  /** The lane of a repository: no environment, but a key like theirs, so that its records lie where every reader expects them. */
  public static EnvironmentId ofRepository(RepositoryKey repository) {
    return new EnvironmentId("repository-" + hash(repository, "lane:repository"));
  }

  private static String slug(String branch) {
    String lower = Normalizer.normalize(PREFIX.matcher(branch).replaceFirst(""), Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String plain = trimDashes(STRANGE.matcher(MARKS.matcher(lower).replaceAll("")).replaceAll("-"));
    String cut = trimDashes(plain.substring(0, Math.min(SLUG_LENGTH, plain.length())));
    return cut.isEmpty() ? "branch" : cut;
  }

  private static String trimDashes(String text) {
    return EDGES.matcher(text).replaceAll("");
  }

  private static String hash(RepositoryKey repository, String ref) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-256").digest((repository.value() + '\0' + ref).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
    StringBuilder text = new StringBuilder(HASH_LENGTH);
    for (int i = 0; i < HASH_LENGTH; i++) {
      int bit = i * 5;
      int pair = ((digest[bit / 8] & 0xff) << 8) | (digest[bit / 8 + 1] & 0xff);
      text.append(BASE32.charAt((pair >> (11 - bit % 8)) & 31));
    }
    return text.toString();
  }

  @Override
  public int compareTo(EnvironmentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
