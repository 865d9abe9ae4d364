package dev.offshoot.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.flywaydb.core.Flyway;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.wire.Json;

/** The shop's Staging: a database that Flyway has migrated, and a search index of its products. And Production's database. */
public record ShopStaging(OffshootConfig config) {

  /** A database of the server, as its administrator. */
  Database asAdmin(String name) {
    PostgresConfig postgres = config.stores().postgres();
    return new Database("jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + name, postgres.user(),
        postgres.password());
  }

  Database database() {
    return asAdmin(Shop.STAGING);
  }

  SolrCore core() {
    return core(Shop.STAGING);
  }

  SolrCore core(String name) {
    return new SolrCore(config.stores().solr().url() + "/" + name);
  }

  /** Brings the schema to what is on main, as a deployment to Staging does, and fills it. */
  public void loadDatabase(Path migrations) throws SQLException {
    Database staging = database();
    Flyway.configure()
        .dataSource(staging.url(), staging.user(), staging.password().reveal())
        .locations("filesystem:" + migrations)
        .load()
        .migrate();
    staging.execute(ShopFiles.ROWS);
  }

  /** Makes and fills Production's database, which no environment is made from. */
  void loadProduction(Path migrations) throws SQLException {
    asAdmin("postgres").execute("CREATE DATABASE " + Shop.PRODUCTION);
    Database production = asAdmin(Shop.PRODUCTION);
    Flyway.configure()
        .dataSource(production.url(), production.user(), production.password().reveal())
        .locations("filesystem:" + migrations)
        .target(ShopFiles.PRODUCTION_VERSION)
        .load()
        .migrate();
    production.execute(ShopFiles.PRODUCTION_ROWS);
  }

  public void loadIndex() throws IOException, InterruptedException {
    ArrayNode documents = Json.mapper().createArrayNode();
    for (int n = 1; n <= ShopFiles.PRODUCTS; n++) {
      documents.addObject().put("id", "product-" + n).put("name_t", "Product " + n).put("price_i", n * 37 % 10_000);
    }
    core().add(documents.toString());
  }

  long databasesCalled(String name) throws SQLException {
    return asAdmin("postgres").number("SELECT count(*) FROM pg_database WHERE datname = ?", name);
  }
}
