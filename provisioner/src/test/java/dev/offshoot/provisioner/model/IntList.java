package dev.offshoot.provisioner.model;

import java.util.Arrays;

/** Numbers that are added one by one; millions of them. */
final class IntList {
  private int[] values = new int[1_024];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }
}
