package dev.offshoot.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EnvironmentNamesTest {
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private static final List<String> HOSTILE = List.of(
      "'; DROP DATABASE x;--", "\"quoted\"", "`id`", "$(reboot)", "-rf", "--", "...", "a..", "../../etc/passwd",
      "con", "nul.txt", "*?[a]",
      "a\\b", "%2e%2e", "feature/", "feature/feature/", "🦊".repeat(62), "ﷺ".repeat(300), "İstanbul", "ß", "K",
      "x".repeat(1_000),
      "ａｂｃ", "pg_catalog", "template1", "0", "refs/heads/x", "\u202egnp", "\u0301", "{}", " ");

  @Property(tries = 3_000)
  void anEnvironmentsNameIsValidWhereverItStandsAsItIs(@ForAll("repositories") RepositoryKey repository,
      @ForAll("branches") String branch) {
    String name = EnvironmentId.of(repository, GitRef.ofBranch(branch)).value();

    assertThat(name).matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?").hasSizeLessThanOrEqualTo(39);
    assertThat(name).satisfies(Grammars::dnsLabel, Grammars::redisKey, Grammars::kafkaName, Grammars::fileName);
  }

  @Property(tries = 3_000)
  void aResourcesNameIsValidInAllSixGrammars(
      @ForAll("repositories") RepositoryKey repository, @ForAll("branches") String branch,
      @ForAll @IntRange(min = 1, max = 999_999) int number) {
    ResourceName name = ResourceName.of(repository, EnvironmentId.of(repository, GitRef.ofBranch(branch)),
        new Incarnation(number));

    assertThat(name.value()).satisfies(
        Grammars::postgresIdentifier, Grammars::solrCore, Grammars::redisKey, Grammars::kafkaName, Grammars::fileName);
    assertThat(name.label()).satisfies(Grammars::dnsLabel);
  }

  @Property(tries = 3_000)
  void aRehearsalIsCalledAfterItsEnvironmentAndItsResourcesAreToldApart(
      @ForAll("repositories") RepositoryKey repository, @ForAll("branches") String branch,
      @ForAll @IntRange(min = 1, max = 999_999) int number) {
    Origin parent = Origin.ofBranch(repository, GitRef.ofBranch(branch));
    EpochId epoch = new EpochId("e261121093000000");
    EnvironmentId one = parent.rehearsing(new Origin.Rehearsal(new Commit("a".repeat(40)), epoch)).environment();
    EnvironmentId other = parent.rehearsing(new Origin.Rehearsal(new Commit("b".repeat(40)), epoch)).environment();

    assertThat(one.parent()).isEqualTo(parent.environment());
    assertThat(one).isNotEqualTo(other);
    assertThat(one.value()).satisfies(Grammars::redisKey, Grammars::fileName);
    assertThat(new EnvironmentId(one.value())).isEqualTo(one);
    ResourceName name = ResourceName.of(repository, one, new Incarnation(number));
    assertThat(name.value()).satisfies(Grammars::postgresIdentifier, Grammars::solrCore, Grammars::redisKey, Grammars::kafkaName,
        Grammars::fileName).hasSizeLessThanOrEqualTo(60).contains(ResourceName.mark(one)).doesNotContain(ResourceName.mark(other))
        .doesNotContain(ResourceName.mark(parent.environment()));
    assertThat(name.label()).satisfies(Grammars::dnsLabel);
    assertThat(ResourceName.of(repository, other, new Incarnation(number))).isNotEqualTo(name);
  }

  @Property(tries = 300)
  void whatAnEpochOfProductionKeepsHasAValidNameThatStagingsHasNot(@ForAll("repositories") RepositoryKey repository) {
    EpochId epoch = new EpochId("e261121093000000");
    EnvironmentId production = EnvironmentId.production(repository);

    assertThat(ResourceName.of(repository, production, epoch).value()).satisfies(Grammars::postgresIdentifier, Grammars::fileName);
    assertThat(ResourceName.reference(repository, production, epoch).value()).satisfies(Grammars::postgresIdentifier);
    assertThat(ResourceName.of(repository, production, epoch)).isNotEqualTo(ResourceName.of(repository, epoch));
  }

  @Property(tries = 300)
  void whatAnEpochKeepsHasAValidName(@ForAll("repositories") RepositoryKey repository) {
    EpochId epoch = new EpochId("e261121093000000");

    assertThat(ResourceName.of(repository, epoch).value()).satisfies(Grammars::postgresIdentifier, Grammars::solrCore,
        Grammars::fileName);
    assertThat(ResourceName.reference(repository, epoch).value()).satisfies(Grammars::postgresIdentifier);
  }

  @Property(tries = 1_000)
  void theSameBranchAlwaysHasTheSameName(@ForAll("repositories") RepositoryKey repository,
      @ForAll("branches") String branch) {
    EnvironmentId id = EnvironmentId.of(repository, GitRef.ofBranch(branch));

    assertThat(EnvironmentId.of(new RepositoryKey(repository.value()), new GitRef("refs/heads/" + branch)))
        .isEqualTo(id);
    assertThat(new EnvironmentId(id.value())).isEqualTo(id);
  }

  @Property(tries = 1_000)
  void oneBranchOfTwoRepositoriesAndTwoIncarnationsHaveFourNames(@ForAll("branches") String branch) {
    Set<String> names = new HashSet<>();
    for (RepositoryKey repository : List.of(new RepositoryKey("a-b"), new RepositoryKey("ab"))) {
      EnvironmentId id = EnvironmentId.of(repository, GitRef.ofBranch(branch));
      names.add(ResourceName.of(repository, id, Incarnation.FIRST).value());
      names.add(ResourceName.of(repository, id, Incarnation.FIRST.next()).value());
    }

    assertThat(names).hasSize(4);
  }

  @Property(tries = 1_000)
  void twinsOfUpperAndLowerCaseHaveDifferentNames(@ForAll("branches") String branch) {
    Set<String> twins = Set.copyOf(List.of(branch, branch.toUpperCase(Locale.ROOT), branch.toLowerCase(Locale.ROOT),
        branch + "."));
    Set<EnvironmentId> ids = new HashSet<>();
    twins.forEach(twin -> ids.add(EnvironmentId.of(SHOP, GitRef.ofBranch(twin))));

    assertThat(ids).hasSameSizeAs(twins);
  }

  @Example
  void twoHundredThousandBranchesHaveTwoHundredThousandNames() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_121);
    Set<String> branches = new HashSet<>();
    Set<String> ids = new HashSet<>();
    Set<String> resources = new HashSet<>();
    while (branches.size() < 200_000) {
      String branch = randomBranch(random);
      if (branches.add(branch)) {
        EnvironmentId id = EnvironmentId.of(SHOP, GitRef.ofBranch(branch));
        ids.add(id.value());
        resources.add(ResourceName.of(SHOP, id, Incarnation.FIRST).value());
      }
    }

    assertThat(ids).hasSize(200_000);
    assertThat(resources).hasSize(200_000);
  }

  /** Few letters, so that most branches slug alike. */
  private static String randomBranch(RandomGenerator random) {
    String alphabet = "aA-_./é🦊'";
    int[] letters = alphabet.codePoints().toArray();
    StringBuilder branch = new StringBuilder();
    int length = random.nextInt(1, 24);
    for (int i = 0; i < length; i++) {
      branch.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return branch.toString();
  }

  @Example
  void branchesThatSlugAlikeHaveDifferentNames() {
    List<String> alike = List.of("feature/new_cool_page", "feature/new-cool-page", "fix/new_cool_page",
        "new cool page", "New.Cool.Page");
    List<EnvironmentId> ids = alike.stream().map(branch -> EnvironmentId.of(SHOP, GitRef.ofBranch(branch))).toList();

    assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id.value()).startsWith("new-cool-page-"));
  }

  @Example
  void aBranchOfSymbolsAloneIsCalledBranch() {
    assertThat(EnvironmentId.of(SHOP, GitRef.ofBranch("🦊".repeat(62))).value()).matches("branch-[a-z2-7]{10}");
  }

  @Example
  void aRefThatHasNoUtf8IsRefused() {
    assertThatThrownBy(() -> GitRef.ofBranch("a\ud83e")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GitRef.ofBranch("\udd8aa")).isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void aRefWithControlCharactersOrWithoutEndIsRefused() {
    for (String name : List.of("refs/heads/a\nb", "refs/heads/a\0b", "refs/heads/\u007f",
        "refs/heads/" + "x".repeat(1_024), "heads/x", "refs/")) {
      assertThatThrownBy(() -> new GitRef(name)).as(name).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Provide
  Arbitrary<String> branches() {
    Arbitrary<String> any = Arbitraries.integers().between(' ', Character.MAX_CODE_POINT)
        .filter(c -> c != 0x7f && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
        .list().ofMinSize(1).ofMaxSize(80)
        .map(points -> points.stream().collect(StringBuilder::new, StringBuilder::appendCodePoint,
            StringBuilder::append).toString());
    Arbitrary<String> plain = Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(300);
    return Arbitraries.oneOf(Arbitraries.of(HOSTILE), any, plain, Combinators.combine(Arbitraries.of(HOSTILE), plain)
        .as(String::concat))
        .filter(branch -> branch.length() <= 1_000);
  }

  @Provide
  Arbitrary<RepositoryKey> repositories() {
    return Arbitraries.strings().withCharRange('a', 'z').numeric().withChars('-').ofMinLength(1).ofMaxLength(40)
        .filter(key -> !key.startsWith("-")).map(RepositoryKey::new);
  }

  /** What each store allows, written from its own documentation. */
  private static final class Grammars {
    private Grammars() {}

    /** Unquoted and unfolded; longer ones are cut off in silence. */
    static void postgresIdentifier(String name) {
      assertThat(name).matches("[a-z][a-z0-9_]*");
      assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
    }

    static void dnsLabel(String name) {
      assertThat(name).matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    }

    static void solrCore(String name) {
      assertThat(name).matches("(?!-)[._A-Za-z0-9-]+");
    }

    /** Usable as a prefix in an ACL pattern without escaping. */
    static void redisKey(String name) {
      assertThat(name).doesNotContainPattern("[*?\\[\\]^\\\\{}\\s]");
    }

    static void kafkaName(String name) {
      assertThat(name).matches("[a-zA-Z0-9._-]{1,249}").isNotIn(".", "..");
    }

    static void fileName(String name) {
      assertThat(name).matches("[^/\\\\:*?\"<>|\\p{Cntrl}]{1,255}").doesNotStartWith("-").doesNotStartWith(".")
          .doesNotEndWith(".");
    }
  }
}
