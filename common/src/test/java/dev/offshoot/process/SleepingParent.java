package dev.offshoot.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that starts a long sleep, says its process id and waits to be killed. */
final class SleepingParent {
  private SleepingParent() {
  }

  /** @param arguments a log, and where the keeper is, if one is to start it */
  public static void main(String[] arguments) throws InterruptedException {
    var command = new ChildCommand(List.of("sleep", "1000"), Path.of(arguments[0]));
    Starter starter = switch (arguments.length) {
      case 1 -> new BoundStarter();
      default -> arguments[1].equals("free") ? new FreeStarter() : new KeptStarter(Path.of(arguments[1]));
    };
    System.out.println("child " + starter.start(command, "").pid());
    new CountDownLatch(1).await();
  }
}
