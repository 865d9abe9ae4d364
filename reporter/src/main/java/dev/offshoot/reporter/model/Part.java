package dev.offshoot.reporter.model;

import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a report that is there, or the reason why it is not.
 *
 * @param <T> what the part says
 */
public sealed interface Part<T> {

  static <T> Part<T> present(T value) {
    return new Present<>(value);
  }

  static <T> Part<T> missing(String why) {
    return new Missing<>(why);
  }

  default Optional<T> found() {
    return switch (this) {
      case Present<T> present -> Optional.of(present.value());
      case Missing<T> _ -> Optional.empty();
    };
  }

  /** What the part says, worked out further. */
  default <R> Part<R> map(Function<T, R> next) {
    return switch (this) {
      case Present<T> present -> present(next.apply(present.value()));
      case Missing<T> missing -> missing(missing.why());
    };
  }

  /** It was found out. */
  record Present<T>(T value) implements Part<T> {}

  /** @param why for people: what kept it from being found out */
  record Missing<T>(String why) implements Part<T> {}
}
