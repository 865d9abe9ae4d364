package dev.offshoot.cli.fault;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program's own classes, wherever its class path has them: in jars, or in folders while it is being built. */
final class CompiledClasses {
  private static final String OURS = "dev/offshoot";
  private static final Pattern JAR = Pattern.compile("(.+?)-[0-9].*\\.jar");

  private CompiledClasses() {
  }

  /** A class and the Maven module it was built in. */
  record Compiled(String module, ClassModel model) {}

  static List<Compiled> of(String classPath) {
    List<Compiled> found = new ArrayList<>();
    for (String entry : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      try {
        if (Files.isDirectory(path)) {
          read(path.resolve(OURS), moduleOf(path), found);
        } else if (entry.endsWith(".jar") && Files.exists(path)) {
          try (FileSystem jar = FileSystems.newFileSystem(path)) {
            read(jar.getPath(OURS), moduleOf(path), found);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("The classes in " + path + " cannot be read", e);
      }
    }
    return found;
  }

  private static void read(Path folder, String module, List<Compiled> found) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        found.add(new Compiled(module, ClassFile.of().parse(Files.readAllBytes(file))));
      }
    }
  }

  /** {@code …/provisioner-0.1.0.jar} and {@code …/provisioner/target/classes} are both the provisioner's. */
  private static String moduleOf(Path path) {
    String name = String.valueOf(path.getFileName());
    Matcher jar = JAR.matcher(name);
    if (jar.matches()) {
      return jar.group(1);
    }
    return Optional.ofNullable(path.getParent()).map(Path::getParent).map(Path::getFileName).map(Path::toString)
        .orElse(name);
  }
}
