package dev.offshoot.management;

import java.util.Map;
import java.util.concurrent.Callable;

import org.slf4j.MDC;

/** What every log line of a piece of work says besides its text; a thread that a handler starts has to be given it. */
public final class LogContext {
  private LogContext() {}

  /** The task, to be run on another thread with what the calling thread's log lines say. */
  public static Runnable carried(Runnable task) {
    Map<String, String> context = context();
    return () -> {
      MDC.setContextMap(context);
      task.run();
    };
  }

  public static <T> Callable<T> carried(Callable<T> task) {
    Map<String, String> context = context();
    return () -> {
      MDC.setContextMap(context);
      return task.call();
    };
  }

  private static Map<String, String> context() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null ? Map.of() : context;
  }
}
