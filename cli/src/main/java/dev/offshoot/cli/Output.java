package dev.offshoot.cli;

import java.io.PrintWriter;

import com.fasterxml.jackson.core.JsonProcessingException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import dev.offshoot.wire.Json;

/** Where a command prints, and how. */
final class Output {
  @Option(names = "--json", description = "Print JSON for programs instead of text for people.")
  private boolean json;

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  boolean json() {
    return json;
  }

  /** The result: the value as one line of JSON, or the text. */
  void result(Object value, String text) {
    line(json ? write(value) : text);
  }

  void line(String text) {
    print(command.commandLine().getOut(), text);
  }

  void jsonLine(Object value) {
    line(write(value));
  }

  /** What is no result: progress, hints. */
  void note(String text) {
    print(command.commandLine().getErr(), text);
  }

  /** A note that the next one replaces, for a terminal. */
  void noteInPlace(String text) {
    PrintWriter err = command.commandLine().getErr();
    err.print("\r\u001b[K" + text);
    err.flush();
  }

  private static void print(PrintWriter to, String text) {
    to.println(text);
    to.flush();
  }

  private static String write(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value could not be written as JSON", e);
    }
  }
}
