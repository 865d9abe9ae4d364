package dev.offshoot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;


/** What is where in the folder of one server. */
record PostgresFiles(Path directory) {
  Path data() {
    return directory.resolve("data");
  }

  /** Where {@code initdb} works; becomes {@link #data()} once it is whole. */
  Path newData() {
    return directory.resolve("data.new");
  }

  Path log() {
    return directory.resolve("postgres.log");
  }

  Path passwordFile() {
    return directory.resolve("password");
  }

  /** Made once: the cluster keeps the one it was made with. */
  String password() throws IOException {
    return Secret.keptIn(passwordFile());
  }

  /** The process the data folder's lock file names; it may be long gone. */
  OptionalLong lockHolder() throws IOException {
    List<String> lines = pidFile();
    return lines.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(lines.getFirst().strip()));
  }

  /** Whether that postmaster has written that it takes connections (line 8, as {@code pg_ctl} reads it). */
  boolean isReady(long pid) throws IOException {
    List<String> lines = pidFile();
    return lines.size() >= 8
        && lines.getFirst().strip().equals(Long.toString(pid))
        && lines.get(7).strip().equals("ready");
  }

  private List<String> pidFile() throws IOException {
    Path file = data().resolve("postmaster.pid");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
