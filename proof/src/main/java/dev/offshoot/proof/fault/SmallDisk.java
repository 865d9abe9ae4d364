package dev.offshoot.proof.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system of its own in memory below a folder, which can be made full and roomy again. Only root may mount one. */
final class SmallDisk implements AutoCloseable {
  private static final long ROOMY = 16L << 30;
  private static final long PAGE = 4096;
  private static final int ATTEMPTS = 20;

  private final Path folder;
  private final Thread atExit;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.atExit = new Thread(() -> attempt(List.of("umount", "-l", folder.toString())));
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static SmallDisk mount(Path folder) throws IOException {
    Files.createDirectories(folder);
    attempt(List.of("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + ROOMY, "tmpfs", folder.toString())).ifPresent(why -> {
      throw new IllegalStateException("No file system could be mounted: " + why);
    });
    return new SmallDisk(folder);
  }

  /** Why none can be mounted here; empty where one can. */
  static Optional<String> obstacle() {
    try {
      Path folder = Files.createTempDirectory("offshoot-mount-");
      Optional<String> why = attempt(List.of("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString()));
      if (why.isEmpty()) {
        attempt(List.of("umount", folder.toString()));
      }
      Files.delete(folder);
      return why.map(said -> "a small file system cannot be mounted: " + said);
    } catch (IOException e) {
      return Optional.of("no folder could be made to mount on: " + e.getMessage());
    }
  }

  /**
   * From now on so many bytes are free and no more; of an empty one a page, since a size of 0 means that there is no limit. What is written
   * meanwhile makes a size too small that was just enough.
   */
  void leave(long bytes) throws IOException {
    Optional<String> refused = Optional.of("");
    for (int attempt = 0; attempt < ATTEMPTS && refused.isPresent(); attempt++) {
      FileStore store = Files.getFileStore(folder);
      long used = store.getTotalSpace() - store.getUnallocatedSpace();
      refused = resized(Math.max(PAGE, (used + bytes + PAGE - 1) / PAGE * PAGE));
    }
    check(refused);
  }

  void makeRoom() {
    check(resized(ROOMY));
  }

  private Optional<String> resized(long bytes) {
    return attempt(List.of("mount", "-o", "remount,size=" + bytes, folder.toString()));
  }

  private static void check(Optional<String> refused) {
    refused.ifPresent(why -> {
      throw new IllegalStateException("The file system could not be made another size: " + why);
    });
  }

  /** What went wrong. */
  private static Optional<String> attempt(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    attempt(List.of("umount", "-l", folder.toString()));
  }
}
