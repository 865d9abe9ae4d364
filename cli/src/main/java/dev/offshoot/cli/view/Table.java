package dev.offshoot.cli.view;

import java.util.ArrayList;
import java.util.List;

/** Rows under a heading, in columns as wide as they need to be. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heading) {
    rows.add(List.of(heading));
  }

  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  public String text() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        int cell = row.get(i).codePointCount(0, row.get(i).length());
        line.append(row.get(i)).append(" ".repeat(widths[i] - cell + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
