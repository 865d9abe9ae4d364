package dev.offshoot.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that starts a long sleep, says its process id and waits to be killed. */
final class SleepingParent {
  private SleepingParent() {
  }

  public static void main(String[] arguments) throws InterruptedException {
    var command = new ChildCommand(List.of("sleep", "1000"), Path.of(arguments[0]));
    System.out.println("child " + ProcessSpawner.ofThisJvm().start(command).pid());
    new CountDownLatch(1).await();
  }
}
