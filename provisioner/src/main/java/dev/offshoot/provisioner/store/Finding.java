package dev.offshoot.provisioner.store;

import java.util.Optional;
import java.util.function.Supplier;

import dev.offshoot.worker.Failure;

/**
 * What a look at one thing in the world has shown.
 *
 * @param subject what was looked at
 * @param found in a sentence
 * @param remedy what to do about it; empty where all is well
 */
public record Finding(Level level, String subject, String found, Optional<String> remedy) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** It works, but not as well or as safely as it could. */
    WARNING,
    /** Something will not work. */
    PROBLEM
  }

  public static Finding ok(String subject, String found) {
    return new Finding(Level.OK, subject, found, Optional.empty());
  }

  public static Finding warning(String subject, String found, String remedy) {
    return new Finding(Level.WARNING, subject, found, Optional.of(remedy));
  }

  public static Finding problem(String subject, String found, String remedy) {
    return new Finding(Level.PROBLEM, subject, found, Optional.of(remedy));
  }

  /** What a look shows; that it fails is a problem. */
  public static Finding of(String subject, String remedy, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (Failure e) {
      return problem(subject, String.valueOf(e.getMessage()), remedy);
    }
  }
}
