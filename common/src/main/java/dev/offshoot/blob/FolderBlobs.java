package dev.offshoot.blob;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.offshoot.fault.FaultPoint;
import dev.offshoot.worker.Failure;

/**
 * Blobs as files of a folder: the key is the path. Folders are 0700 and files 0600, since reports quote a branch's SQL.
 *
 * <p>A blob is written to a temporary file beside it, forced to disk and renamed, so a reader and a crash see the old
 * or the new. A temporary file's name has a {@code ~}, which no key has; one that a kill left goes when the blob is
 * written again.
 */
public final class FolderBlobs implements Blobs {
  private static final Pattern KEY = Pattern.compile(
      "(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)*");

  private final Path folder;

  /** @param folder made when it is missing */
  public FolderBlobs(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    makeFolders(this.folder);
  }

  @Override
  public void put(String key, byte[] content) {
    write(key, out -> out.write(content));
  }

  @Override
  public void write(String key, Writer content) {
    Path target = path(key);
    Path parent = parent(target);
    makeFolders(parent);
    try {
      deleteDrafts(target, parent);
      Path draft = Files.createTempFile(parent, target.getFileName() + "~", "",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        FaultPoint.at("blob.write.before");
        writeForced(draft, content);
        FaultPoint.at("blob.write.after");
        Files.move(draft, target, ATOMIC_MOVE);
        FaultPoint.at("blob.write.renamed");
      } finally {
        Files.deleteIfExists(draft);
      }
      force(parent);
    } catch (IOException e) {
      throw trouble("write", key, e);
    }
  }

  /** Of a writer that was killed: it writes the blob again, and that is here. One that still lives fails, and tries again. */
  private static void deleteDrafts(Path target, Path parent) throws IOException {
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(parent, file -> isDraft(file, target))) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
    }
  }

  private static boolean isDraft(Path file, Path target) {
    return String.valueOf(file.getFileName()).startsWith(target.getFileName() + "~");
  }

  @Override
  public Optional<byte[]> get(String key) {
    try {
      return Optional.of(Files.readAllBytes(path(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw trouble("read", key, e);
    }
  }

  @Override
  public <T> Optional<T> read(String key, Reader<T> reader) {
    try (InputStream in = Files.newInputStream(path(key))) {
      return Optional.of(reader.read(in));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw trouble("read", key, e);
    }
  }

  @Override
  public List<String> list(String prefix) {
    Path start = folder.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1)).normalize();
    if (!start.startsWith(folder) || !Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      return files.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(key -> key.startsWith(prefix) && KEY.matcher(key).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw trouble("list", prefix, e);
    } catch (UncheckedIOException e) {
      throw trouble("list", prefix, new IOException(e));
    }
  }

  @Override
  public void delete(String key) {
    Path target = path(key);
    try {
      if (Files.deleteIfExists(target)) {
        force(parent(target));
      }
    } catch (IOException e) {
      throw trouble("delete", key, e);
    }
  }

  private Path path(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "A blob's key is parts of A-Z a-z 0-9 . _ - separated by /, none of them . or ..");
    }
    return folder.resolve(key);
  }

  private Path parent(Path target) {
    Path parent = target.getParent();
    return parent == null ? folder : parent;
  }

  private static void makeFolders(Path path) {
    try {
      Files.createDirectories(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw trouble("make a folder for", path.toString(), e);
    }
  }

  private static void writeForced(Path file, Writer content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      content.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
  }

  /** A rename is only durable once the folder is. */
  private static void force(Path parent) throws IOException {
    try (FileChannel channel = FileChannel.open(parent, READ)) {
      channel.force(true);
    }
  }

  private static Failure trouble(String verb, String key, IOException e) {
    boolean full = String.valueOf(e.getMessage()).contains("No space left");
    return new Failure(full ? Failure.Kind.EXHAUSTED : Failure.Kind.UNAVAILABLE, "Could not " + verb + " the blob '" + key + "': " + e, e);
  }
}
