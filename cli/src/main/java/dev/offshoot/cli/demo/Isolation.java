package dev.offshoot.cli.demo;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.offshoot.cli.Access;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;

/** Asks the environment's stores and Staging's whether one can see the other. */
final class Isolation {
  private static final String PERMISSION_DENIED = "42501";
  private static final String PRODUCTS_QUERY = "name_t:product";

  private final ShopStaging staging;
  private final Access access;
  private final Database database;
  private final List<Check> checks = new ArrayList<>();

  Isolation(ShopStaging staging, Access access) {
    this.staging = staging;
    this.access = access;
    StoreCoordinates postgres = access.coordinates(StoreKind.POSTGRES);
    this.database = new Database("jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/"
        + postgres.name(), postgres.user(),
        access.password(StoreKind.POSTGRES));
  }

  Database database() {
    return database;
  }

  /** All checks, in the order in which they are shown. */
  List<Check> all() throws Exception {
    rows();
    newColumn();
    writes();
    search();
    redis();
    doors();
    return List.copyOf(checks);
  }

  private void check(String fact, boolean held, String found) {
    checks.add(new Check(fact, held, found));
  }

  private void rows() throws SQLException {
    long there = database.number("SELECT count(*) FROM purchase");
    long staged = staging.database().number("SELECT count(*) FROM purchase");
    check("Staging's rows are in the environment", there == staged && there >= ShopFiles.PURCHASES, there
        + " purchases in each");
  }

  private void newColumn() throws SQLException {
    check("the branch's new column is there", database.hasColumn("product", "cool_rating"), "product.cool_rating");
    check("and not in Staging", !staging.database().hasColumn("product", "cool_rating"),
        "Staging's product is as it was");
  }

  private void writes() throws SQLException {
    database.execute("INSERT INTO customer (email, name) VALUES ('new@branch.example', 'Branch')");
    staging.database().execute("INSERT INTO customer (email, name) VALUES ('new@staging.example', 'Staging')");
    String byEmail = "SELECT count(*) FROM customer WHERE email = ?";
    long leaked = staging.database().number(byEmail, "new@branch.example");
    check("a row written in the environment is not in Staging", leaked == 0 && database.number(byEmail,
        "new@branch.example") == 1,
        leaked + " in Staging");
    long seen = database.number(byEmail, "new@staging.example");
    check("a row written in Staging is not in the environment", seen == 0, seen + " in the environment");
  }

  private void search() throws IOException, InterruptedException {
    SolrCore core = staging.core(access.coordinates(StoreKind.SOLR).name());
    long hits = core.hits(PRODUCTS_QUERY);
    check("search hits equal Staging's", hits == staging.core().hits(PRODUCTS_QUERY) && hits >= ShopFiles.PRODUCTS,
        hits + " hits in each");
    core.add("[{\"id\":\"cool-page\",\"name_t\":\"Cool page\"}]");
    check("a document added to the environment is not in Staging",
        core.hits("id:cool-page") == 1 && staging.core().hits("id:cool-page") == 0, "1 hit and " + staging.core()
            .hits("id:cool-page"));
  }

  private void redis() throws IOException {
    StoreCoordinates coordinates = access.coordinates(StoreKind.REDIS);
    RedisServer server = new RedisServer(coordinates.host(), coordinates.port());
    String password = access.password(StoreKind.REDIS).reveal();
    String login = coordinates.user().isEmpty() ? "AUTH " + password : "AUTH " + coordinates.user() + " " + password;
    String key = coordinates.name() + "greeting";
    String with = server.answer(login, "SET " + key + " hello", "GET " + key);
    check("Redis answers with its password", with.contains("hello"), "SET and GET answered");
    String without = server.answer("GET " + key);
    check("and refuses without", without.startsWith("-NOAUTH"), without.lines().findFirst().orElse("no answer"));
  }

  private void doors() {
    Secret password = access.password(StoreKind.POSTGRES);
    Database door = new Database(staging.database().url(), database.user(), password);
    try (Connection open = door.connect()) {
      check("the environment's role cannot enter Staging's database", open.isClosed(), "it was let in");
    } catch (SQLException e) {
      check("the environment's role cannot enter Staging's database", PERMISSION_DENIED.equals(e.getSQLState()),
          "refused with SQLSTATE " + e.getSQLState());
    }
  }
}
