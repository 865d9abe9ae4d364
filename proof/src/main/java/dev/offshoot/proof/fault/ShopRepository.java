package dev.offshoot.proof.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bare repository and a clone of it; every branch starts at main, which has two migrations. */
final class ShopRepository {
  static final String KEY = "shop";
  static final String MIGRATIONS = "db/migration";
  private static final String AUTHOR = "Proof";

  private final Path folder;

  ShopRepository(Path folder) {
    this.folder = folder;
  }

  Path bare() {
    return folder.resolve("shop.git");
  }

  private Path developer() {
    return folder.resolve("clone");
  }

  Path migrations() {
    return developer().resolve(MIGRATIONS);
  }

  /** Makes both. */
  void create() throws InterruptedException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", bare().toString());
    git(folder, "clone", "--quiet", bare().toString(), developer().toString());
    git(developer(), "checkout", "--quiet", "-b", "main");
    commit("V1__customers.sql", "CREATE TABLE customer (id bigint PRIMARY KEY, email text NOT NULL);");
    commit("V2__products.sql", "CREATE TABLE product (id bigint PRIMARY KEY, name text NOT NULL);");
    git(developer(), "push", "--quiet", "origin", "main");
  }

  /**
   * A push: what the ref was and is.
   *
   * @param ref the full ref
   */
  record Push(String ref, String before, String after) {
    static final String NONE = "0".repeat(40);

    boolean isDelete() {
      return after.equals(NONE);
    }
  }

  /** Commits a migration on a branch, which is made when it is missing, and pushes it. */
  Push push(String branch, int version, String sql) throws InterruptedException {
    String before = tip(branch);
    git(developer(), "checkout", "--quiet", "-B", branch, before.equals(Push.NONE) ? "main" : before);
    commit("V" + version + "__change_" + version + ".sql", sql);
    git(developer(), "push", "--quiet", "--force", "origin", branch);
    return new Push("refs/heads/" + branch, before, tip(branch));
  }

  Push push(String branch, int version) throws InterruptedException {
    return push(branch, version, "CREATE TABLE change_" + version + " (id bigint PRIMARY KEY);");
  }

  Push delete(String branch) throws InterruptedException {
    String before = tip(branch);
    git(bare(), "update-ref", "-d", "refs/heads/" + branch);
    return new Push("refs/heads/" + branch, before, Push.NONE);
  }

  /** Commits a migration on top of main instead of what the branch was. */
  Push rewrite(String branch, int version, String sql) throws InterruptedException {
    String before = tip(branch);
    git(developer(), "checkout", "--quiet", "-B", branch, "main");
    commit("V" + version + "__change_" + version + ".sql", sql);
    git(developer(), "push", "--quiet", "--force", "origin", branch);
    return new Push("refs/heads/" + branch, before, tip(branch));
  }

  /** Sets a branch to a commit that there is. */
  Push move(String branch, String commit) throws InterruptedException {
    String before = tip(branch);
    git(bare(), "update-ref", "refs/heads/" + branch, commit);
    return new Push("refs/heads/" + branch, before, commit);
  }

  /** All branches, and where each is. */
  Map<String, String> tips() throws InterruptedException {
    Map<String, String> tips = new LinkedHashMap<>();
    git(bare(), "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads").lines()
        .map(line -> line.split(" ", 2)).forEach(parts -> tips.put(parts[0], parts[1]));
    return tips;
  }

  String tip(String branch) throws InterruptedException {
    String found = git(bare(), "for-each-ref", "--format=%(objectname)", "refs/heads/" + branch);
    return found.isEmpty() ? Push.NONE : found;
  }

  private void commit(String name, String sql) throws InterruptedException {
    try {
      Files.createDirectories(migrations());
      Files.writeString(migrations().resolve(name), sql + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git(developer(), "add", "--all");
    git(developer(), "commit", "--quiet", "--message", "Add " + name);
  }

  private static String git(Path where, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=" + AUTHOR, "-c", "user.email=proof@shop.example"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException("git cannot be run", e);
    }
  }
}
