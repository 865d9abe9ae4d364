package dev.offshoot.proof.drive;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** This process's class path, for the processes it starts. */
final class ClassPath {
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private ClassPath() {
  }

  /** Without the proof's own classes: a worker knows nothing of it. */
  static String ofWorkers() {
    return Arrays.stream(SEPARATOR.split(System.getProperty("java.class.path")))
        .filter(entry -> !Files.exists(Path.of(entry, "dev", "offshoot", "proof")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A cache of classes can be made of jars only. */
  static boolean isOfJars(String classPath) {
    return SEPARATOR.splitAsStream(classPath).allMatch(entry -> entry.endsWith(".jar"));
  }
}
