package dev.offshoot.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

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

  private PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

  @Spec(Target.MIXEE)
  void mixedInto(CommandSpec command) {
    this.out = command.commandLine().getOut();
    this.err = command.commandLine().getErr();
  }

  boolean json() {
    return json;
  }

  /** The result: the value as one line of JSON, or the text. */
  void result(Object value, String text) {
    line(json ? write(value) : text);
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void jsonLine(Object value) {
    line(write(value));
  }

  /** What is no result: progress, hints. */
  void note(String text) {
    err.println(text);
    err.flush();
  }

  private static String write(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value could not be written as JSON", e);
    }
  }
}
