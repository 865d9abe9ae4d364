package dev.offshoot.bench.clones;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import dev.offshoot.bench.Folders;

/** A folder on a file system to measure. */
final class Volume implements AutoCloseable {
  private static final long XFS_BYTES = 40L << 30;
  private static final int FLUSHES = 201;

  private final String name;
  private final Path folder;
  private final Path whole;
  private final Optional<String> device;

  private Volume(String name, Path folder, Path whole, Optional<String> device) {
    this.name = name;
    this.folder = folder;
    this.whole = whole;
    this.device = device;
  }

  /** Where temporary files are. */
  static Volume plain() throws IOException {
    Path folder = Files.createTempDirectory("offshoot-clones-").toRealPath();
    return new Volume(Files.getFileStore(folder).type(), folder, folder, Optional.empty());
  }

  /** A file with XFS in it, mounted without the page cache of the file below. Only root can; empty where that fails. */
  static Optional<Volume> xfs(String mkfs) throws IOException {
    Path folder = Files.createTempDirectory("offshoot-xfs-").toRealPath();
    Path image = folder.resolve("xfs.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(XFS_BYTES);
    }
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Optional<String> device = Optional.empty();
    try {
      Run.command(mkfs, "-q", "-m", "reflink=1", image.toString());
      device = Optional.of(Run.command("losetup", "--direct-io=on", "--show", "-f", image.toString()).strip());
      Run.command("mount", device.get(), mount.toString());
      return Optional.of(new Volume("xfs", mount, folder, device));
    } catch (IOException e) {
      System.out.println("No XFS here: " + e.getMessage() + "\n");
      if (device.isPresent()) {
        Run.command("losetup", "-d", device.get());
      }
      Folders.delete(folder);
      return Optional.empty();
    }
  }

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  long used() throws IOException {
    var store = Files.getFileStore(folder);
    return store.getTotalSpace() - store.getUnallocatedSpace();
  }

  /** Of a block of 8 KiB that is overwritten; the median, in milliseconds. */
  double flush() throws IOException {
    Path file = Files.createTempFile(folder, "flush", "");
    Latencies latencies = new Latencies();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < FLUSHES; i++) {
        channel.write(ByteBuffer.wrap(new byte[8_192]), 0);
        long began = System.nanoTime();
        channel.force(false);
        latencies.add(System.nanoTime() - began);
      }
    }
    Files.delete(file);
    return latencies.median();
  }

  @Override
  public void close() throws IOException {
    if (device.isPresent()) {
      Run.command("umount", folder.toString());
      Run.command("losetup", "-d", device.get());
    }
    Folders.delete(whole);
  }
}
