package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a project, a JDK and a Maven that only say how they were called. */
class LauncherTest {
  @TempDir
  Path folder;

  private Path project;
  private Path jdk;
  private Path tools;

  @BeforeEach
  void aProjectThatIsNotBuilt() throws IOException {
    project = Files.createDirectories(folder.resolve("a project"));
    Files.copy(Path.of("..", "offshoot"), project.resolve("offshoot"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.createDirectories(project.resolve("cli/src/main"));
    jdk = folder.resolve("jdk");
    program(jdk.resolve("bin/java"), "echo \"java $@\"; umask");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    tools = folder.resolve("tools");
    program(tools.resolve("mvn"), "mkdir -p cli/target/lib && touch cli/target/cli-1.jar && echo \"[INFO] Building The tools     [2/3]\"");
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private record Run(int status, String out, String err) {}

  private Run run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", tools + ":/usr/bin:/bin", "HOME", folder.toString()));
    builder.environment().putAll(environment);
    Path err = folder.resolve("err.txt");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, Files.readString(err));
  }

  @Test
  void itBuildsOnceAndThenHandsOverFromAnyFolderAndThroughALink() throws Exception {
    Map<String, String> home = Map.of("JAVA_HOME", jdk.toString());
    Run first = run(project.resolve("offshoot"), home, "env", "list", "--json");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a project/offshoot"));
    Run second = run(link, home, "help me");

    assertThat(first.status()).isZero();
    assertThat(first.err()).contains("building…", "2 of 3: The tools").doesNotContain("INFO");
    assertThat(first.out()).contains("--enable-native-access=ALL-UNNAMED", "-Xmx768m",
        "-cp " + project + "/cli/target/cli-1.jar:" + project
            + "/cli/target/lib/* dev.offshoot.cli.OffshootMain env list --json");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("dev.offshoot.cli.OffshootMain help me", "0077");
  }

  @Test
  void aLinkInAFolderOfThePathIsEnough() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("offshoot"), project.resolve("offshoot"));
    Files.setPosixFilePermissions(project.resolve("offshoot"), PosixFilePermissions.fromString("rwx------"));
    Path script = Files.writeString(folder.resolve("script"), "cd / && offshoot env list\n");

    Run run = run(script, Map.of("JAVA_HOME", jdk.toString(), "PATH", bin + ":" + tools + ":/usr/bin:/bin"));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains(project + "/cli/target/cli-1.jar", "dev.offshoot.cli.OffshootMain env list");
  }

  @Test
  void itBuildsAgainWhenASourceIsNewer() throws Exception {
    Map<String, String> home = Map.of("JAVA_HOME", jdk.toString());
    run(project.resolve("offshoot"), home);
    Path source = Files.writeString(project.resolve("cli/src/main/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

    assertThat(run(project.resolve("offshoot"), home).err()).contains("building…");
  }

  @Test
  void aFailedBuildIsSaidAndNothingIsRun() throws Exception {
    program(tools.resolve("mvn"), "echo broken; exit 1");
    Run run = run(project.resolve("offshoot"), Map.of("JAVA_HOME", jdk.toString()));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("broken", "the build failed");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aJdkThatIsTooOldIsPassedOver() throws Exception {
    Path old = folder.resolve("old");
    program(old.resolve("bin/java"), "echo old");
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
    program(folder.resolve(".jdks/temurin/bin/java"), "echo new \"$@\"");
    Files.writeString(folder.resolve(".jdks/temurin/release"), "JAVA_VERSION=\"26\"\n");

    assertThat(run(project.resolve("offshoot"), Map.of("JAVA_HOME", old.toString())).out()).doesNotContain("old");
  }
}
