package dev.offshoot.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

import dev.offshoot.process.OwnerOnly;

/**
 * The shop's repository: a bare one that everybody pushes to, whose hook plays the git host, and a developer's clone of
 * it.
 *
 * @param folder everything is below it
 */
public record Shop(Path folder) {
  public static final String KEY = "shop";
  public static final String FULL_NAME = "demo/shop";
  public static final String STAGING = "shop_staging";
  static final String PRODUCTION = "shop_production";
  public static final String BRANCH = "feature/new_cool_page";

  public Path bare() {
    return folder.resolve("shop.git");
  }

  /** The developer's work tree. */
  public Path workTree() {
    return folder.resolve("developer");
  }

  private Path hostFile() {
    return folder.resolve("git-host.properties");
  }

  private Path secretFile() {
    return folder.resolve("webhook.secret");
  }

  /** The webhook's secret, made once. */
  public String secret() throws IOException {
    if (!Files.exists(secretFile())) {
      OwnerOnly.createDirectory(folder);
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      OwnerOnly.write(secretFile(), HexFormat.of().formatHex(random) + "\n");
    }
    return Files.readString(secretFile()).strip();
  }

  /** The configuration of the demo, without a word to the git host. */
  public String configuration() throws IOException {
    return configuration(List.of());
  }

  /** The configuration of the demo. */
  String configuration(URI api) throws IOException {
    return configuration(List.of(
        "  configSet: " + ShopFiles.CONFIG_SET,
        "production: {database: %s, masking: %s}".formatted(PRODUCTION, quoted(masks())),
        "feedback: {api: '%s', token: '%s'}".formatted(api, secret())));
  }

  private Path masks() throws IOException {
    Path masks = folder.resolve("masks.yaml");
    OwnerOnly.write(masks, ShopFiles.MASKS);
    return masks;
  }

  /** @param more lines of the repository's own, after those of its Staging */
  private String configuration(List<String> more) throws IOException {
    return """
        # The demo's configuration; 'offshoot demo' writes it anew at each start.
        repositories:
          %s:
            host: github
            fullName: %s
            url: %s
            secrets: ["%s"]
            create: on-push
            staging:
              database: %s
              core: %s
            %s
        services:
          MAIL_URL: smtp://127.0.0.1:2525
        """.formatted(KEY, FULL_NAME, quoted(bare()), secret(), STAGING, STAGING, String.join("\n    ", more));
  }

  /** As a value of the configuration. */
  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''").replace("${", "$${") + "'";
  }

  /** Whether an earlier demo made it. */
  boolean stands() {
    return Files.exists(workTree());
  }

  /** Makes both, with what is on main. No hook runs yet: nobody is there to listen. */
  public void create() throws IOException, InterruptedException {
    OwnerOnly.createDirectory(folder);
    Git here = new Git(folder);
    here.run("init", "--quiet", "--bare", "--initial-branch=main", bare().toString());
    // Whoever pushes, with whatever umask: nobody else reads what the data folder holds.
    new Git(bare()).run("config", "core.sharedRepository", "0600");
    here.run("clone", "--quiet", bare().toString(), workTree().toString());
    Git developer = developer();
    developer.run("checkout", "--quiet", "-b", "main");
    write("README.md", "# Shop\n");
    write(ShopFiles.CONFIG_SET + "/schema.xml", ShopFiles.schema());
    commitMigration("V1__customers_and_products.sql", ShopFiles.V1);
    commitMigration("V2__purchases.sql", ShopFiles.V2);
    developer.run("push", "--quiet", "origin", "main");
  }

  /** From now on every push to the bare repository is told to the webhook. */
  void playHost(String webhookUrl) throws IOException {
    OwnerOnly.write(hostFile(), "url=" + webhookUrl + "\nsecret=" + secret() + "\nrepository=" + FULL_NAME + "\n");
    Path hook = bare().resolve("hooks").resolve("post-receive");
    Files.writeString(hook, """
        #!/bin/sh
        # Plays the git host: tells Offshoot of every push with a signed webhook, as GitHub would.
        exec %s -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -cp %s %s %s
        """.formatted(
        shell(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
        shell(codeOf(PlayedGitHost.class).toString()),
        PlayedGitHost.class.getName(),
        shell(hostFile().toString())));
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
  }

  PlayedGitHost host() throws IOException {
    return PlayedGitHost.configured(hostFile());
  }

  private static String shell(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static Path codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The program's own place is not a path", e);
    }
  }

  public Git developer() {
    return new Git(workTree());
  }

  private void write(String path, String text) throws IOException {
    Path file = workTree().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** A developer commits a migration. */
  public void commitMigration(String name, String sql) throws IOException, InterruptedException {
    write(ShopFiles.MIGRATIONS + "/" + name, sql);
    developer().run("add", "--all");
    developer().run("commit", "--quiet", "--message", "Add " + name);
  }

  /** A developer edits the migration of the last commit, which is another commit then, and the search index's schema in it. */
  void amend(String name, String sql, String schema) throws IOException, InterruptedException {
    write(ShopFiles.MIGRATIONS + "/" + name, sql);
    write(ShopFiles.CONFIG_SET + "/schema.xml", schema);
    developer().run("add", "--all");
    developer().run("commit", "--quiet", "--amend", "--no-edit");
  }
}
