package dev.offshoot.cli.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.cli.view.EventView;
import dev.offshoot.cli.view.Harmless;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.wire.Json;

/**
 * Shows the demo live. With JSON, stdout has only events and the summary, one line each, and the story goes to stderr.
 */
final class Screen {
  private final PrintWriter results;
  private final PrintWriter story;
  private final boolean json;
  private final List<StepTime> steps = new ArrayList<>();

  Screen(PrintWriter out, PrintWriter err, boolean json) {
    this.results = out;
    this.story = json ? err : out;
    this.json = json;
  }

  /** Runs a step, shows it and how long it took. */
  <T> T step(String title, Callable<T> work) throws Exception {
    say("▸ " + title);
    long began = System.nanoTime();
    T result = work.call();
    long millis = (System.nanoTime() - began) / 1_000_000;
    synchronized (this) {
      steps.add(new StepTime(title, millis));
    }
    say("  done in " + millis + " ms");
    return result;
  }

  synchronized void say(String text) {
    story.println(text);
    story.flush();
  }

  /** Something on the way of a step. */
  void detail(String text) {
    say("    " + text);
  }

  void event(Message message) {
    if (json) {
      ObjectNode line = Json.mapper().valueToTree(EventView.of(message));
      result(line.put("kind", "event"));
    } else {
      detail(Harmless.line(who(message) + EventView.sentence(message.event())));
    }
  }

  /** The branch's own events are most of the story. */
  private static String who(Message message) {
    return !(message.event() instanceof LifecycleEvent event) ? "" : switch (event.subject().origin().kind()) {
      case FULL, REPOSITORY -> "";
      case STATIC -> "Staging: ";
      case PRODUCTION -> "Production: ";
      case REHEARSAL -> "rehearsal: ";
    };
  }

  void check(Check check) {
    detail((check.held() ? "✓ " : "✗ ") + check.fact() + ": " + check.found());
  }

  void summary(Summary summary) {
    if (json) {
      ObjectNode line = Json.mapper().valueToTree(summary);
      result(line.put("kind", "summary"));
    } else {
      say("\n" + summary.text());
    }
  }

  synchronized List<StepTime> steps() {
    return List.copyOf(steps);
  }

  private synchronized void result(ObjectNode line) {
    try {
      results.println(Json.mapper().writeValueAsString(line));
      results.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can always be written as JSON", e);
    }
  }
}
