package dev.offshoot.environment;

import java.util.List;

/**
 * How a template database is cloned fastest, measured when it was published and not guessed.
 *
 * @param tried each way that the server has, with the time that it took
 */
public record CloneStrategy(Method chosen, List<Tried> tried) {
  public CloneStrategy {
    tried = List.copyOf(tried);
  }

  /** PostgreSQL's words; a file clone is {@code FILE_COPY} with {@code file_copy_method = clone}. */
  public enum Method {
    WAL_LOG,
    FILE_COPY,
    FILE_CLONE
  }

  /** One measurement. */
  public record Tried(Method method, long millis) {}
}
