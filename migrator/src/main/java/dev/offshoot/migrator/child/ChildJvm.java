package dev.offshoot.migrator.child;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a child is started: this process's own Java and class path, and nothing else of it.
 *
 * @param java the program
 * @param megabytes of heap; who needs more is ended by its own JVM
 * @param folder empty, and nothing can be written there: it is the working directory, the home and the place of temporary files
 * @param more options of the JVM
 */
record ChildJvm(Path java, String classPath, int megabytes, Path folder, List<String> more) {
  /** Not inherited: without it names of files outside ASCII, such as the class path's, would not be found. */
  private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C.UTF-8");

  ChildJvm {
    more = List.copyOf(more);
  }

  static ChildJvm likeThis(int megabytes, Path folder) {
    return new ChildJvm(Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"), megabytes, folder, List.of());
  }

  ChildJvm with(String option) {
    return new ChildJvm(java, classPath, megabytes, folder, List.of(option));
  }

  Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command()).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    return builder.start();
  }

  private List<String> command() {
    List<String> words = new ArrayList<>(List.of(java.toString(), "-Xmx" + megabytes + "m", "-XX:MaxMetaspaceSize=128m",
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
        "-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr", "-XX:-CreateCoredumpOnCrash",
        "-XX:-UsePerfData", "-XX:+DisableAttachMechanism", "-Xlog:disable", "-Xlog:all=error:stderr"));
    words.addAll(more);
    words.addAll(List.of("-Duser.home=" + folder, "-Djava.io.tmpdir=" + folder,
        "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider", "-Dslf4j.internal.verbosity=ERROR"));
    words.addAll(List.of("-cp", classPath, Program.class.getName()));
    return words;
  }
}
