package dev.offshoot.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders (0700) and files (0600) that only their owner can read, from the moment they exist. */
public final class OwnerOnly {
  private OwnerOnly() {
  }

  /** Makes the folder and its missing parents; narrows the folder itself when it is there already. */
  public static Path createDirectory(Path directory) throws IOException {
    var permissions = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(permissions));
    Files.setPosixFilePermissions(directory, permissions);
    return directory;
  }

  /** Makes an empty file when there is none; returns its size in bytes. */
  public static long createFile(Path file) throws IOException {
    try {
      var permissions = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions));
      return 0;
    } catch (FileAlreadyExistsException e) {
      return Files.size(file);
    }
  }

  /** Replaces the file's content as a whole: a reader or a crash sees the old or the new text. */
  public static void write(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    createFile(next);
    Files.writeString(next, text, StandardCharsets.UTF_8);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
