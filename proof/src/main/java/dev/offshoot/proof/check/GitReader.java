package dev.offshoot.proof.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

import dev.offshoot.proof.check.Expectation.Branch;

/** Asks the repositories with git's own program. */
final class GitReader {
  private final Map<String, World.Repository> repositories;

  GitReader(Map<String, World.Repository> repositories) {
    this.repositories = repositories;
  }

  /** The tips of all branches but the default ones. */
  Map<Branch, String> tips() throws InterruptedException {
    Map<Branch, String> tips = new LinkedHashMap<>();
    for (Map.Entry<String, World.Repository> repository : repositories.entrySet()) {
      Path bare = repository.getValue().bare();
      for (String line : text(git(bare, "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads/")).lines().toList()) {
        String[] words = line.split(" ", 2);
        if (!words[1].equals("refs/heads/" + repository.getValue().defaultBranch())) {
          tips.put(new Branch(repository.getKey(), words[1]), words[0]);
        }
      }
    }
    return tips;
  }

  /** The checksums of a commit's migrations, as Flyway computes them, by script; empty where there is no such commit. */
  Map<String, Long> migrations(Evidence.Tree tree) throws InterruptedException {
    Map<String, Long> migrations = new LinkedHashMap<>();
    World.Repository repository = repositories.get(tree.repository());
    if (repository == null) {
      return migrations;
    }
    String listing = text(git(repository.bare(), "ls-tree", "-r", tree.commit(), "--", repository.migrations() + "/"));
    for (String line : listing.lines().toList()) {
      String[] parts = line.split("[ \t]", 4);
      String script = parts[3].substring(repository.migrations().length() + 1);
      if (script.matches("[VR].*__.*\\.sql")) {
        migrations.put(script, checksum(git(repository.bare(), "cat-file", "blob", parts[2])));
      }
    }
    return migrations;
  }

  /** CRC32 over the lines without their ends, as a signed number: the documented checksum of a migration. */
  static long checksum(byte[] content) {
    CRC32 crc = new CRC32();
    text(content).lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) crc.getValue();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] git(Path bare, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "--git-dir", bare.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      byte[] answer = process.getInputStream().readAllBytes();
      return process.waitFor() == 0 ? answer : new byte[0];
    } catch (IOException e) {
      throw new IllegalStateException("git cannot be run", e);
    }
  }
}
