package dev.offshoot.provisioner.solr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** A {@code security.json} with one administrator, as Solr's basic authentication wants it. */
final class SolrSecurity {
  private SolrSecurity() {
  }

  static void write(Path home, String user, String password) throws IOException, GeneralSecurityException {
    Files.createDirectories(home);
    Files.writeString(home.resolve("security.json"), text(user, password));
  }

  /** The password's hash twice over, and its salt. */
  static String text(String user, String password) throws GeneralSecurityException {
    byte[] salt = "a salt of 32 bytes, for tests...".getBytes(StandardCharsets.US_ASCII);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(salt);
    byte[] hash = digest.digest(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
    Base64.Encoder base64 = Base64.getEncoder();
    return """
        {"authentication": {"class": "solr.BasicAuthPlugin", "blockUnknown": true,
           "credentials": {"%s": "%s %s"}},
         "authorization": {"class": "solr.RuleBasedAuthorizationPlugin", "user-role": {"%s": ["admin"]},
           "permissions": [{"name": "all", "role": "admin"}]}}
        """.formatted(user, base64.encodeToString(hash), base64.encodeToString(salt), user);
  }
}
