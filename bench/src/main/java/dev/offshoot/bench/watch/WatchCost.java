package dev.offshoot.bench.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.postgresql.ds.PGSimpleDataSource;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.PostgresSettings;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.watch.Watch;
import dev.offshoot.migrator.watch.Watched;
import dev.offshoot.process.FreePorts;

/**
 * Runs the same migrations with and without the watch, in turns, each on a database made from the same template. Prints Markdown: the
 * times of Flyway's run, and what the watch says it cost itself.
 */
public final class WatchCost {
  private static final int ROWS = 300_000;
  private static final int RELATIONS = 300;

  private final EmbeddedPostgres server;
  private final Path folder;
  private int databases;

  private WatchCost(EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** @param arguments how many rounds */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("offshoot-watch-cost-").toRealPath();
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("postgres"), FreePorts.choose(),
        new PostgresSettings(false, 50, "256MB", Optional.empty(), Map.of()))) {
      new WatchCost(server, folder).print(rounds);
    }
  }

  private void print(int rounds) throws Exception {
    template();
    System.out.println("| migrations | without, median ms | with | measuring says | a statement |\n|---|---|---|---|---|");
    for (Map.Entry<String, List<String>> one : migrations().entrySet()) {
      List<Double> without = new ArrayList<>();
      List<Double> with = new ArrayList<>();
      List<Double> said = new ArrayList<>();
      run(one.getValue(), false, new ArrayList<>());
      for (int i = 0; i < rounds; i++) {
        without.add(run(one.getValue(), false, said));
        with.add(run(one.getValue(), true, said));
      }
      int statements = one.getValue().stream().mapToInt(sql -> sql.split(";").length).sum();
      System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.1f ms | %.2f ms |%n", one.getKey(), median(without), median(with),
          median(said), median(said) / statements);
    }
  }

  private static Map<String, List<String>> migrations() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("one column added", List.of("ALTER TABLE big ADD seen boolean"));
    all.put("50 scripts of one small table",
        IntStream.range(0, 50).mapToObj(n -> "CREATE TABLE small" + n + " (id int PRIMARY KEY)").toList());
    all.put("one script of 500 inserts",
        List.of(IntStream.range(0, 500).mapToObj(n -> "INSERT INTO big VALUES (-" + n + ", 'x')").collect(Collectors.joining(";\n"))));
    all.put("a rewrite of " + ROWS + " rows", List.of("ALTER TABLE big ALTER id TYPE bigint"));
    all.put("an index made concurrently", List.of("CREATE INDEX CONCURRENTLY by_text ON big (text)"));
    return all;
  }

  private void template() throws SQLException {
    admin("postgres", "CREATE ROLE branch LOGIN PASSWORD 'branch'", "CREATE DATABASE template_bench OWNER postgres");
    admin("template_bench", "ALTER SCHEMA public OWNER TO branch", "SET ROLE branch", "CREATE TABLE big (id int, text text)",
        "INSERT INTO big SELECT n, 'text ' || n FROM generate_series(1, " + ROWS + ") n",
        "DO $$ BEGIN FOR i IN 1.." + RELATIONS + " LOOP EXECUTE format('CREATE TABLE other%s (id int)', i); END LOOP; END $$", "ANALYZE");
  }

  private void admin(String database, String... statements) throws SQLException {
    try (Connection session = DriverManager.getConnection(server.jdbcUrl(database), server.adminUser(), server.adminPassword());
        Statement statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private double run(List<String> scripts, boolean watched, List<Double> said) throws Exception {
    String database = "bench" + ++databases;
    admin("postgres", "CREATE DATABASE " + database + " TEMPLATE template_bench");
    List<SourceFile> files = new ArrayList<>();
    Path place = Files.createDirectories(folder.resolve(database));
    for (int i = 0; i < scripts.size(); i++) {
      files.add(file(place, "V%d__x.sql".formatted(i + 2), scripts.get(i) + ";"));
    }
    try (Watch watch = new Watch(sessions(database), files, FlywayConfig.DEFAULT_TABLE, Duration.ZERO, _ -> { })) {
      FluentConfiguration settings = Flyway.configure().dataSource(sessions(database)).locations("filesystem:" + place)
          .baselineOnMigrate(true).placeholderReplacement(false);
      settings.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class)
          .setTransactionalLock(false);
      Flyway flyway = (watched ? settings.callbacks(watch) : settings).load();
      long began = System.nanoTime();
      flyway.migrate();
      double took = (System.nanoTime() - began) / 1e6;
      watch.result().map(Watched::measuring).ifPresent(measuring -> said.add(measuring.overhead().toNanos() / 1e6));
      return took;
    } finally {
      admin("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    }
  }

  private static SourceFile file(Path place, String name, String text) throws IOException {
    return new SourceFile(Files.writeString(place.resolve(name), text).toString(), name, text);
  }

  private PGSimpleDataSource sessions(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.jdbcUrl(database));
    source.setUser("branch");
    source.setPassword("branch");
    return source;
  }

  private static double median(List<Double> times) {
    List<Double> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
