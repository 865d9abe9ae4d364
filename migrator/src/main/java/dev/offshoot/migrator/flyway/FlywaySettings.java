package dev.offshoot.migrator.flyway;

import java.util.List;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.git.GitRepository.SourceFile;

/**
 * The only place where Flyway gets settings: no configuration file, no environment variable, no location on disk or
 * classpath, no callback but our own, and of what can be configured only what {@link FlywayConfig} has.
 */
final class FlywaySettings {
  private FlywaySettings() {}

  static FluentConfiguration with(FlywayConfig chosen, List<SourceFile> files, DataSource sessions, Callback... callbacks) {
    FluentConfiguration settings = Flyway.configure(FlywaySettings.class.getClassLoader())
        .dataSource(sessions)
        .resourceProvider(new CommitResources(files))
        .javaMigrationClassProvider(List::of)
        .locations(new String[0])
        .callbackLocations(new String[0])
        .skipDefaultCallbacks(true)
        .callbacks(callbacks)
        .loggers("slf4j")
        .cleanDisabled(true)
        .placeholderReplacement(!chosen.placeholders().isEmpty())
        .placeholders(chosen.placeholders())
        .validateMigrationNaming(true)
        .validateOnMigrate(true)
        .outOfOrder(chosen.outOfOrder())
        .table(chosen.table())
        .schemas(chosen.schemas().toArray(String[]::new))
        .mixed(false)
        .createSchemas(false)
        .connectRetries(0);
    // a lock held by an open transaction would make CREATE INDEX CONCURRENTLY wait for it for ever
    settings.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
    return settings;
  }
}
