package dev.offshoot.bench.clones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

import dev.offshoot.bench.Folders;

/** PostgreSQL's ways to clone a template, and what the file system does by itself. */
final class Ways {
  private static final double MEGABYTE = 1 << 20;

  private final Server server;
  private final Volume volume;

  Ways(Server server, Volume volume) {
    this.server = server;
    this.volume = volume;
  }

  /** A way: its name, the strategy, and how files are copied. */
  private record Way(String name, String strategy, String method) {}

  private static final List<Way> ALL = List.of(
      new Way("FILE_COPY, clone", "FILE_COPY", "clone"),
      new Way("FILE_COPY, copy", "FILE_COPY", "copy"),
      new Way("WAL_LOG (PostgreSQL's default)", "WAL_LOG", "copy"));

  void measure(String template, int rounds) throws SQLException, IOException {
    System.out.printf(Locale.ROOT, "%n%s: %.0f MB in %d files, flush %.3f ms%n%n", template,
        server.number("SELECT pg_database_size('" + template + "')") / MEGABYTE, server.files(template), volume.flush());
    System.out.println("| " + volume.name() + " | median ms | p99 | most | n | MB on disk each | drop, median ms |\n"
        + "|---|---|---|---|---|---|---|");
    server.run("postgres", "CHECKPOINT");
    fileSystem(template, "reflink=always", rounds);
    fileSystem(template, "reflink=never", rounds);
    for (Way way : ALL) {
      way(template, way, rounds);
    }
  }

  private void fileSystem(String template, String reflink, int rounds) throws SQLException, IOException {
    Latencies copies = new Latencies();
    Latencies drops = new Latencies();
    Path copy = volume.folder().resolve("copy");
    String from = server.folder(template).toString();
    long before = settled();
    long after = before;
    try {
      for (int i = 0; i < rounds; i++) {
        long began = System.nanoTime();
        Run.command("cp", "-r", "--" + reflink, from, copy.toString());
        copies.add(System.nanoTime() - began);
        after = settled();
        began = System.nanoTime();
        Run.command("rm", "-r", copy.toString());
        drops.add(System.nanoTime() - began);
      }
      row("the file system alone: cp -r --" + reflink, copies, after - before, drops);
    } catch (IOException e) {
      System.out.println("| cp -r --" + reflink + " | not possible here | | | | | |");
      if (Files.exists(copy)) {
        Folders.delete(copy);
      }
    }
  }

  private void way(String template, Way way, int rounds) throws SQLException, IOException {
    Latencies copies = new Latencies();
    Latencies drops = new Latencies();
    long each = 0;
    try (Connection connection = server.connect("postgres"); Statement statement = connection.createStatement()) {
      statement.execute("SET file_copy_method = '" + way.method() + "'");
      for (int i = 0; i < rounds; i++) {
        statement.execute("CHECKPOINT");
        long before = settled();
        long began = System.nanoTime();
        statement.execute("CREATE DATABASE made TEMPLATE \"" + template + "\" STRATEGY " + way.strategy());
        copies.add(System.nanoTime() - began);
        statement.execute("CHECKPOINT");
        each = settled() - before;
        began = System.nanoTime();
        statement.execute("DROP DATABASE made");
        drops.add(System.nanoTime() - began);
      }
    }
    row(way.name(), copies, each, drops);
  }

  /** Space is counted once it is written. */
  private long settled() throws IOException {
    Run.command("sync", "-f", volume.folder().toString());
    return volume.used();
  }

  private static void row(String name, Latencies copies, long bytes, Latencies drops) {
    System.out.printf(Locale.ROOT, "| %s | %s | %.2f | %.1f |%n", name, copies.cells(), bytes / MEGABYTE, drops.median());
  }
}
