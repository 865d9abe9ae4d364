package dev.offshoot.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.flywaydb.core.Flyway;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.StoreKind;

/**
 * What a plain script does for a branch, one step after another, from the same epoch on the same servers: {@code CREATE DATABASE …
 * TEMPLATE}, Flyway as a command with a JVM of its own, a Solr core restored from the backup. No role, no Redis, no record of it.
 */
final class ByHand {
  private final StoresConfig stores;
  private final Epoch epoch;
  private final Path migrations;

  ByHand(StoresConfig stores, Epoch epoch, Path migrations) {
    this.stores = stores;
    this.epoch = epoch;
    this.migrations = migrations;
  }

  void run(String name, Samples samples) throws Exception {
    long began = System.nanoTime();
    sql("CREATE DATABASE " + name + " TEMPLATE " + epoch.of(StoreKind.POSTGRES).orElseThrow().name());
    long cloned = System.nanoTime();
    flyway(name);
    long migrated = System.nanoTime();
    solr(name);
    long ended = System.nanoTime();
    samples.add("CREATE DATABASE … TEMPLATE", cloned - began);
    samples.add("Flyway as a command", migrated - cloned);
    samples.add("Solr: create a core, restore the backup", ended - migrated);
    samples.add("**all, one after another**", ended - began);
    sql("DROP DATABASE " + name);
    solrAdmin("/admin/cores?action=UNLOAD&deleteInstanceDir=true&core=" + name);
  }

  private String url(String database) {
    PostgresConfig postgres = stores.postgres();
    return "jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + database;
  }

  private void sql(String command) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url("postgres"), stores.postgres().user(), stores.postgres().password().reveal());
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private void flyway(String database) throws IOException, InterruptedException {
    Process flyway = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ByHand.class.getName()))
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = flyway.outputWriter()) {
      in.write(String.join("\n", url(database), stores.postgres().user(), stores.postgres().password().reveal(), migrations.toString()));
    }
    if (flyway.waitFor() != 0) {
      throw new IllegalStateException("Flyway ended with " + flyway.exitValue());
    }
  }

  /** The command: URL, user, password and folder are the lines of standard input. */
  public static void main(String[] arguments) throws IOException {
    List<String> lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    Flyway.configure().dataSource(lines.get(0), lines.get(1), lines.get(2)).locations("filesystem:" + lines.get(3)).load().migrate();
  }

  private void solr(String name) throws IOException, InterruptedException {
    solrAdmin("/admin/cores?action=CREATE&configSet=_default&name=" + name);
    solrAdmin("/" + name + "/replication?command=restore&location=" + stores.solr().backups() + "&name="
        + epoch.of(StoreKind.SOLR).orElseThrow().name());
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!solrAdmin("/" + name + "/replication?command=restorestatus&wt=json").contains("success")) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Solr did not restore " + name);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private String solrAdmin(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(stores.solr().url() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("Solr answered " + answer.statusCode() + " to " + path + ": " + answer.body());
      }
      return answer.body();
    }
  }
}
