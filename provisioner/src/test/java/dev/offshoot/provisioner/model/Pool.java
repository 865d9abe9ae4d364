package dev.offshoot.provisioner.model;

import java.util.HashMap;
import java.util.Map;

/** Holds each value once, so that the many states a value is part of are compared and hashed by its number. */
final class Pool<T> {
  private final Map<T, Held<T>> held = new HashMap<>();

  Held<T> hold(T value) {
    return held.computeIfAbsent(value, v -> new Held<>(v, held.size()));
  }

  /** A value, equal only to itself. */
  static final class Held<T> {
    private final T value;
    private final int number;

    private Held(T value, int number) {
      this.value = value;
      this.number = number;
    }

    T get() {
      return value;
    }

    int number() {
      return number;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return number * 0x9E3779B9;
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }
}
