package dev.offshoot.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

import dev.offshoot.process.OwnerOnly;

/** Unpacks programs out of artifacts, once: what is there under its final name is whole. */
final class Binaries {
  private Binaries() {
  }

  /** The folder with the content of a {@code .txz} resource. */
  static Path unpackArchive(String resource, Path folder, String name) {
    return once(folder, name, next -> {
      try (var in = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(open(resource))))) {
        OwnerOnly.createDirectory(next);
        for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          unpack(entry, in, next);
        }
      }
    });
  }

  /** The program that is a resource by itself. */
  static Path unpackProgram(String resource, Path folder, String name) {
    return once(folder, name, next -> {
      try (var in = open(resource)) {
        Files.copy(in, next);
        Files.setPosixFilePermissions(next, permissions(true));
      }
    });
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
    Path file = root.resolve(entry.getName()).normalize();
    if (!file.startsWith(root)) {
      throw new IOException("The archive's entry " + entry.getName() + " leaves its folder");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, file);
      Files.setPosixFilePermissions(file, permissions((entry.getMode() & 0100) != 0));
    }
  }

  /** Unpacks beside the target and renames: of two that unpack at the same time both find a whole one. */
  private static Path once(Path folder, String name, Unpacking unpacking) {
    Path target = folder.resolve(name);
    if (Files.exists(target)) {
      return target;
    }
    try {
      OwnerOnly.createDirectory(folder);
      Path next = Files.createTempDirectory(folder, name + ".");
      try {
        Path unpacked = next.resolve("unpacked");
        unpacking.into(unpacked);
        publish(unpacked, target);
      } finally {
        Trees.delete(next);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("The programs can't be unpacked to " + target, e);
    }
  }

  private static void publish(Path unpacked, Path target) throws IOException {
    try {
      Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(target)) {
        throw e;
      }
    }
  }

  private static InputStream open(String resource) throws IOException {
    var in = Binaries.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("The artifact with " + resource + " is not on the classpath (only Linux on x86-64 has one)");
    }
    return in;
  }

  private static Set<PosixFilePermission> permissions(boolean executable) {
    var permissions = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (executable) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
    }
    return permissions;
  }

  private interface Unpacking {
    void into(Path next) throws IOException;
  }
}
