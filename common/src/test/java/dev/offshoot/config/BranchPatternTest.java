package dev.offshoot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.offshoot.environment.GitRef;

class BranchPatternTest {

  private static boolean matches(String pattern, String branch) {
    return new BranchPattern(pattern).matches(GitRef.ofBranch(branch));
  }

  @ParameterizedTest
  @CsvSource({"feature/*,feature/x", "feature/*,feature/", "feature/**,feature/x/y", "**/wip-*,a/b/wip-", "v?.x,v2.x", "**,a/b", "*,main",
      "?,\uD83E\uDD8A", "a*b*c,aXbbYc", "***,a/b", "a.c,a.c", "[ab],[ab]", "**x**,a/x/b"})
  void aPatternMeansTheWholeName(String pattern, String branch) {
    assertThat(matches(pattern, branch)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"feature/*,feature/x/y", "feature/*,my/feature/x", "feature/*,Feature/x", "feature/**,feature", "**/wip-*,wip-1",
      "v?.x,v10.x", "*,a/b", "?,/", "a.c,abc", "[ab],a", "a*b*c,aXbbY", "x,x/"})
  void nothingElseDoes(String pattern, String branch) {
    assertThat(matches(pattern, branch)).isFalse();
  }

  @Property(tries = 300)
  void aNameWithoutWildcardsIsAPatternOfItselfAlone(
      @ForAll @StringLength(min = 1, max = 60) @CharRange(from = '+', to = '>') String name,
      @ForAll @StringLength(min = 1, max = 60) @CharRange(from = '+', to = '>') String other) {
    assertThat(matches(name, name)).isTrue();
    assertThat(matches(name, other)).isEqualTo(name.equals(other));
    assertThat(matches("**", name)).isTrue();
    assertThat(matches("*" + name + "*", name)).isTrue();
  }

  @Test
  void aHostileNameIsComparedAtOnce() {
    BranchPattern pattern = new BranchPattern("*a".repeat(99) + "*b");
    GitRef name = GitRef.ofBranch("a".repeat(1000));

    assertThat(Assertions.assertTimeout(Duration.ofSeconds(2), () -> pattern.matches(name))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "'a\u0000b'"})
  void whatIsNoPatternIsRefused(String text) {
    assertThatThrownBy(() -> new BranchPattern(text)).hasMessageContaining("feature/**");
    assertThatThrownBy(() -> new BranchPattern("a".repeat(201))).hasMessageContaining("1 to 200");
  }

  @Test
  void whatIsExcludedIsNotIncluded() {
    BranchRules rules = new BranchRules(Optional.empty(), List.of(new BranchPattern("feature/**"), new BranchPattern("fix/*")),
        List.of(new BranchPattern("**/wip-*")));

    assertThat(List.of("feature/a/b", "fix/a")).allMatch(branch -> rules.includes(GitRef.ofBranch(branch)));
    assertThat(List.of("feature/wip-1", "fix/a/b", "release/1")).noneMatch(branch -> rules.includes(GitRef.ofBranch(branch)));
  }
}
