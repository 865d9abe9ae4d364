package dev.offshoot.config;

/**
 * Something wrong with the configuration, or something to think about. Never holds a configured value that may be a
 * secret.
 *
 * @param key the full key, for example {@code repositories.shop.url}; {@code file} for the file as a whole
 * @param message what is wrong and what to write
 */
public record ConfigProblem(String key, String message) {
  @Override
  public String toString() {
    return key + ": " + message;
  }
}
