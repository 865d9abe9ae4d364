package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.Secret;

class JsonTest {
  @Test
  void aSecretIsWrittenAsStars() throws Exception {
    CredentialsConfig config = new CredentialsConfig("k1", new Secret("the master key that nobody may see"));

    assertThat(Json.mapper().writeValueAsString(config)).isEqualTo("{\"keyId\":\"k1\",\"masterKey\":\"****\"}");
  }
}
