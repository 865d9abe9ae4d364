package dev.offshoot.cli;

import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;

/** How to load a Staging that has just been made, empty. */
record StagingHints(OffshootConfig config, DataFolder folder) {

  String text(RepositoryConfig repository, StagingStores.Made made) {
    PostgresConfig postgres = config.stores().postgres();
    String database = repository.staging().database();
    StringBuilder text =
        new StringBuilder("Staging of " + repository.key() + " is empty. Load it, then take a snapshot:\n");
    if (made.database()) {
      text.append("  database  PGPASSWORD=\"$(cat ").append(folder.servers().resolve("postgres").resolve("password"))
          .append(")\" psql -h ").append(postgres.host()).append(" -p ").append(postgres.port()).append(" -U ")
              .append(postgres.user())
          .append(' ').append(database).append(" < dump.sql\n");
      text.append("            or by JDBC: jdbc:postgresql://").append(postgres.host()).append(':')
          .append(postgres.port()).append('/')
          .append(database).append(", user ").append(postgres.user()).append('\n');
    }
    repository.staging().core().filter(_ -> made.core()).ifPresent(core -> text
        .append("  search    curl '").append(config.stores().solr().url()).append('/').append(core)
        .append("/update?commit=true' -H 'Content-Type: application/json' -d @documents.json\n"));
    return text.append("  then      offshoot snapshot take ").append(repository.key()).append(" --data ")
        .append(folder.root()).toString();
  }
}
