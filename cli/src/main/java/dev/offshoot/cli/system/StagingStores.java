package dev.offshoot.cli.system;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.cli.CommandFailed;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.ProductionConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.wire.Json;

/** Makes the Staging stores that a configuration names and that do not exist yet, empty; and looks for Production, which it never makes. */
public final class StagingStores {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final StoresConfig stores;

  public StagingStores(StoresConfig stores) {
    this.stores = stores;
  }

  /** What was missing. */
  public record Made(boolean database, boolean core) {
    boolean any() {
      return database || core;
    }
  }

  /** Makes what is missing of a repository's Staging; nothing on a server of its own. */
  public Made ensure(RepositoryConfig repository) {
    boolean here = repository.staging().snapshots().server().isEmpty();
    return new Made(here && ensureDatabase(repository.staging().database()), repository.staging().core().map(this::ensureCore)
        .orElse(false));
  }

  /** The name of Production's database, where one is configured on the same server and is not there. */
  public Optional<String> missingProduction(RepositoryConfig repository) {
    return repository.production().map(ProductionConfig::stores).filter(production -> production.snapshots().server().isEmpty())
        .map(StagingConfig::database).filter(database -> !exists(database));
  }

  private Connection admin() throws SQLException {
    PostgresConfig postgres = stores.postgres();
    return DriverManager.getConnection(
        "jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/postgres", postgres.user(), postgres.password().reveal());
  }

  private static boolean exists(Connection admin, String database) throws SQLException {
    try (PreparedStatement known = admin.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      known.setString(1, database);
      return known.executeQuery().next();
    }
  }

  private boolean exists(String database) {
    try (Connection admin = admin()) {
      return exists(admin, database);
    } catch (SQLException e) {
      throw new CommandFailed("PostgreSQL could not be asked for the database " + database + ": " + e.getMessage(), e);
    }
  }

  private boolean ensureDatabase(String name) {
    PostgresConfig postgres = stores.postgres();
    try (Connection admin = admin()) {
      if (exists(admin, name)) {
        return false;
      }
      try (Statement create = admin.createStatement()) {
        create.execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
      }
      return true;
    } catch (SQLException e) {
      throw new CommandFailed(
          "Staging's database " + name + " could not be made on " + postgres.host() + ":" + postgres.port()
          + ": " + e.getMessage(), e);
    }
  }

  private boolean ensureCore(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
    return switch (stores.solr().mode()) {
      case STANDALONE -> {
        boolean missing = !admin("cores?action=STATUS&indexInfo=false&core=" + encoded).path("status").path(name).has("name");
        if (missing) {
          admin("cores?action=CREATE&configSet=_default&name=" + encoded);
        }
        yield missing;
      }
      case CLOUD -> {
        boolean missing = admin("collections?action=LIST").path("collections").valueStream()
            .noneMatch(each -> each.asText().equals(name));
        if (missing) {
          admin("collections?action=CREATE&collection.configName=_default&numShards=1&name=" + encoded);
        }
        yield missing;
      }
    };
  }

  private JsonNode admin(String query) {
    URI uri = URI.create(stores.solr().url() + "/admin/" + query + "&wt=json");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
      stores.solr().login().ifPresent(login -> request.header("Authorization", basic(login)));
      HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new CommandFailed("Solr at " + stores.solr().url() + " answered " + answer.statusCode() + " to " + query
            + "; its log says why");
      }
      return Json.mapper().readTree(answer.body());
    } catch (IOException e) {
      throw new CommandFailed("Solr at " + stores.solr().url() + " cannot be reached; check stores.solr.url", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("Interrupted while waiting for Solr", e);
    }
  }

  private static String basic(SolrConfig.Login login) {
    String pair = login.user() + ":" + login.password().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
