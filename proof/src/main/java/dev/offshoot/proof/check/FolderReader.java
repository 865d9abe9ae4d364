package dev.offshoot.proof.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.offshoot.proof.check.Evidence.Redis;

/** Lists what lies in folders, and the servers that work in them. */
final class FolderReader {
  private FolderReader() {}

  static Set<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return new TreeSet<>(children.map(child -> String.valueOf(child.getFileName())).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below a folder, as paths relative to it. What servers remove meanwhile is not there. */
  static Set<String> keys(Path folder) {
    Set<String> keys = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return keys;
    }
    try {
      Files.walkFileTree(folder, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          if (attributes.isRegularFile()) {
            keys.add(folder.relativize(file).toString());
          }
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
          if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
          }
          throw failure;
        }
      });
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Redis redis(Path root) {
    Map<String, JsonNode> folders = new LinkedHashMap<>();
    for (String name : names(root)) {
      if (Named.of(name).isPresent()) {
        folders.put(name, read(root.resolve(name).resolve("owner.json")));
      }
    }
    Map<String, String> kept = new LinkedHashMap<>();
    names(root.resolve("kept")).forEach(name -> kept.put(name, hash(root.resolve("kept").resolve(name).resolve("dump.rdb"))));
    return new Redis(folders, kept, workingIn(root));
  }

  private static JsonNode read(Path file) {
    try {
      return TopicReader.tree(Files.readAllBytes(file));
    } catch (IOException none) {
      return MissingNode.getInstance();
    }
  }

  private static String hash(Path file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchFileException none) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The working folders, below the root, of all processes; relative to it. */
  private static List<String> workingIn(Path root) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(path -> String.valueOf(path.getFileName()).matches("[0-9]+")).toList()) {
        try {
          Path folder = Files.readSymbolicLink(process.resolve("cwd"));
          if (folder.startsWith(root)) {
            found.add(root.relativize(folder).toString());
          }
        } catch (IOException goneOrSomebodyElses) {
          // not one of ours
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
