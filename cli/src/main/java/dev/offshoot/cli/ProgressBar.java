package dev.offshoot.cli;

/** How far a long command has come, on stderr: a bar on a terminal, a line for each thing done elsewhere. */
final class ProgressBar {
  private static final int WIDTH = 30;

  private final Output output;
  private final int total;
  private final boolean terminal;
  private int done;

  ProgressBar(Output output, int total) {
    this.output = output;
    this.total = total;
    this.terminal = Confirmation.terminal().isPresent();
  }

  /** One more thing is done. */
  void done(String what) {
    done++;
    if (!terminal) {
      output.note("[" + done + "/" + total + "] " + what);
    }
  }

  /** What is under way now. */
  void show(String now) {
    if (terminal) {
      int filled = total == 0 ? WIDTH : done * WIDTH / total;
      String text = "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + "/" + total + "  " + now;
      output.noteInPlace(text.length() > 100 ? text.substring(0, 100) : text);
    }
  }

  /** Leaves the line to what comes next. */
  void end() {
    if (terminal) {
      output.noteInPlace("");
    }
  }
}
