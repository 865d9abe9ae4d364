package dev.offshoot.cli.demo;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

/** {@code offshoot demo}. */
@Command(name = "demo", description = "x", mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
