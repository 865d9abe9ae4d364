package dev.offshoot.reporter.feedback.host;

import java.util.Optional;

/**
 * What a host shows beside a commit.
 *
 * @param line at most {@link #LONGEST} characters of plain text
 * @param link where more is to be read
 */
public record CommitStatus(State state, String line, Optional<String> link) {
  /** Under this name hosts keep one status for each commit. */
  public static final String CONTEXT = "offshoot";
  /** GitHub's limit, the lowest. */
  public static final int LONGEST = 140;

  /** A host may know more. */
  public enum State {
    PENDING,
    SUCCESS,
    FAILURE
  }
}
