package dev.offshoot.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;

class CredentialsTest {
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private final Credentials credentials =
      new Credentials(new CredentialsConfig("k1", new Secret("0123456789abcdef0123456789abcdef")));

  private static ResourceName resource(String branch, int incarnation) {
    return ResourceName.of(SHOP, EnvironmentId.of(SHOP, GitRef.ofBranch(branch)), new Incarnation(incarnation));
  }

  @Test
  void everyStoreOfEveryIncarnationHasAPasswordOfItsOwn() {
    Set<String> passwords = new HashSet<>();
    for (String branch : new String[] {"a", "b", "🦊"}) {
      for (int incarnation = 1; incarnation <= 50; incarnation++) {
        for (StoreKind store : StoreKind.values()) {
          passwords.add(credentials.password(resource(branch, incarnation), store).reveal());
        }
      }
    }

    assertThat(passwords).hasSize(3 * 50 * StoreKind.values().length).allMatch(password ->
        password.matches("[a-z2-7]{40}"));
  }

  @Test
  void theSameKeyDerivesTheSamePasswordAgain() {
    Credentials again = new Credentials(new CredentialsConfig("k1", new Secret("0123456789abcdef0123456789abcdef")));

    assertThat(again.password(resource("a", 1), StoreKind.REDIS)).isEqualTo(credentials.password(resource("a", 1),
        StoreKind.REDIS));
  }

  @Test
  void anotherKeyDerivesOtherPasswords() {
    Credentials other = new Credentials(new CredentialsConfig("k2", new Secret("0123456789abcdef0123456789abcdeF")));

    assertThat(other.password(resource("a", 1), StoreKind.SOLR)).isNotEqualTo(credentials.password(resource("a", 1),
        StoreKind.SOLR));
  }

  /** The last of the 40 characters must come from the key as well, not from padding. */
  @Test
  void everyCharacterOfAPasswordVaries() {
    for (int position = 0; position < 40; position++) {
      Set<Character> seen = new HashSet<>();
      for (int incarnation = 1; incarnation <= 400; incarnation++) {
        seen.add(credentials.password(resource("a", incarnation), StoreKind.POSTGRES).reveal().charAt(position));
      }
      assertThat(seen).as("characters at " + position).hasSizeGreaterThan(25);
    }
  }

  @Test
  void aSecretNeverPrints() {
    Secret password = credentials.password(resource("a", 1), StoreKind.POSTGRES);
    CredentialsConfig config = new CredentialsConfig("k1", new Secret("the master key that nobody may see"));

    assertThat(password).hasToString("****");
    assertThat("%s %s".formatted(password, config)).doesNotContain(password.reveal()).doesNotContain("nobody");
  }
}
