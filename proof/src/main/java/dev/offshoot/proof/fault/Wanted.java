package dev.offshoot.proof.fault;

import java.util.List;
import java.util.stream.Stream;

/**
 * What of a list is to be run.
 *
 * @param labels all where there is none
 */
record Wanted(List<String> labels) {
  Wanted {
    labels = List.copyOf(labels);
  }

  /** From the system property {@code prove.only}: labels with commas between them. */
  static Wanted ofProperty() {
    return new Wanted(
        Stream.of(System.getProperty("prove.only", "").split(",", -1)).map(String::strip).filter(label -> !label.isEmpty()).toList());
  }

  boolean includes(String label) {
    return labels.isEmpty() || labels.contains(label);
  }
}
