package dev.offshoot.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** How one text became another, in the form that git shows. */
public final class UnifiedDiff {
  private UnifiedDiff() {}

  /** Empty when they are the same; an empty text stands for a file that is not there. */
  public static String of(String path, String before, String after) {
    RawText old = new RawText(before.getBytes(StandardCharsets.UTF_8));
    RawText now = new RawText(after.getBytes(StandardCharsets.UTF_8));
    EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now);
    if (edits.isEmpty()) {
      return "";
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      formatter.format(edits, old, now);
      formatter.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Into memory everything can be written", e);
    }
    return "--- " + (before.isEmpty() ? "/dev/null" : "a/" + path) + "\n+++ " + (after.isEmpty() ? "/dev/null" : "b/" + path) + "\n"
        + out.toString(StandardCharsets.UTF_8);
  }
}
