package dev.offshoot.search;

/**
 * Why a config set is not applied.
 *
 * @param file in the repository
 * @param line in it, from 1
 * @param what stands there that a branch may not say, and what to do
 */
public record Refusal(String file, int line, String what) {

  /** One line for people: the place, then the reason. */
  public String sentence() {
    return file + ":" + line + ": " + what;
  }
}
