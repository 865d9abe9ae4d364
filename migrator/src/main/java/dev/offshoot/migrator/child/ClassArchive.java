package dev.offshoot.migrator.child;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.process.OwnerOnly;

/**
 * The classes of a child as the JVM has read them once (java(1), -XX:ArchiveClassesAtExit), which halves what a start costs. The file is for
 * one Java and one class path, as they are now; a JVM that finds it does not fit goes without. It lies in a folder that only its owner can
 * write to.
 */
final class ClassArchive {
  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
  private static final Duration TO_WRITE = Duration.ofMinutes(2);

  private final ChildJvm jvm;
  private final Path file;

  private ClassArchive(ChildJvm jvm, Path file) {
    this.jvm = jvm;
    this.file = file;
  }

  /** Empty where there cannot be one: classes in folders are not archived. */
  static Optional<ClassArchive> of(ChildJvm jvm) {
    List<Path> entries = Stream.of(jvm.classPath().split(File.pathSeparator)).map(Path::of).toList();
    if (!entries.stream().allMatch(Files::isRegularFile)) {
      return Optional.empty();
    }
    try {
      Path folder = OwnerOnly.createDirectory(
          Path.of(System.getProperty("java.io.tmpdir"), "offshoot-classes-" + System.getProperty("user.name")));
      return Optional.of(new ClassArchive(jvm, folder.resolve(name(jvm, entries) + ".jsa")));
    } catch (IOException e) {
      LOG.info("Processes for migrations start without an archive of their classes: {}", e.toString());
      return Optional.empty();
    }
  }

  private static String name(ChildJvm jvm, List<Path> entries) throws IOException {
    StringBuilder all = new StringBuilder(jvm.java() + " " + Runtime.version());
    for (Path entry : entries) {
      all.append('\n').append(entry).append(' ').append(Files.size(entry)).append(' ').append(Files.getLastModifiedTime(entry));
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The same with the archive, once there is one. */
  ChildJvm applied() {
    return Files.isRegularFile(file) ? jvm.with("-XX:SharedArchiveFile=" + file) : jvm;
  }

  /** Has a child that gets no order write it, unless it is there; takes a second of the processor. */
  ChildJvm written() throws InterruptedException {
    if (!Files.isRegularFile(file)) {
      Path draft = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
      try {
        Process child = jvm.with("-XX:ArchiveClassesAtExit=" + draft).start();
        try (var output = child.getInputStream(); var errors = child.getErrorStream()) {
          child.getOutputStream().close();
          output.transferTo(OutputStream.nullOutputStream());
          errors.transferTo(OutputStream.nullOutputStream());
          child.waitFor(TO_WRITE.toSeconds(), TimeUnit.SECONDS);
        } finally {
          child.destroyForcibly();
        }
        removeOthers();
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        LOG.info("No archive of the classes of migrations' processes was made: {}", e.toString());
      }
    }
    return applied();
  }

  /** Of an older build. */
  private void removeOthers() throws IOException {
    try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
      for (Path other : files.filter(one -> one.toString().endsWith(".jsa")).toList()) {
        Files.deleteIfExists(other);
      }
    }
  }
}
