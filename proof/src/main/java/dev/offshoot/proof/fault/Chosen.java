package dev.offshoot.proof.fault;

import java.util.List;
import java.util.stream.Stream;

/**
 * What of a list is to be run.
 *
 * @param labels all where there is none
 */
record Chosen(List<String> labels) {
  Chosen {
    labels = List.copyOf(labels);
  }

  /**
   * From the system property {@code prove.only}: labels with commas between them.
   *
   * @throws IllegalArgumentException for a label that is not known, with those that are
   */
  static Chosen ofProperty(List<String> known) {
    return of(System.getProperty("prove.only", ""), known);
  }

  static Chosen of(String list, List<String> known) {
    List<String> labels = Stream.of(list.split(",", -1)).map(String::strip).filter(label -> !label.isEmpty()).toList();
    labels.stream().filter(label -> !known.contains(label)).findFirst().ifPresent(label -> {
      throw new IllegalArgumentException("-Dprove.only: there is no '" + label + "'; known: " + String.join(", ", known));
    });
    return new Chosen(labels);
  }

  boolean includes(String label) {
    return labels.isEmpty() || labels.contains(label);
  }
}
