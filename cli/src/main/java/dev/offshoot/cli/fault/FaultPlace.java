package dev.offshoot.cli.fault;

import java.util.List;

/**
 * A fault point as it stands in the program.
 *
 * @param name as {@code OFFSHOOT_FAULT} takes it
 * @param module the Maven module of the class
 * @param place class and method, without the package
 * @param workers the workers that may come past it: their code leads to the class
 */
public record FaultPlace(String name, String module, String place, List<String> workers) {
  public FaultPlace {
    workers = List.copyOf(workers);
  }
}
