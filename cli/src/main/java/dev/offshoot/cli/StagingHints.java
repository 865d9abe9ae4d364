package dev.offshoot.cli;

import dev.offshoot.cli.system.DataFolder;
import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;

/** How to load a Staging that has just been made, empty, and a Production that is not there. */
record StagingHints(OffshootConfig config, DataFolder folder) {

  String text(RepositoryConfig repository, StagingStores.Made made) {
    PostgresConfig postgres = config.stores().postgres();
    String database = repository.staging().database();
    StringBuilder text =
        new StringBuilder("Staging of " + repository.key() + " is empty. Load it, then take a snapshot:\n");
    if (made.database()) {
      text.append("  database  ").append(client("psql")).append(' ').append(database).append(" < dump.sql\n");
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

  /** It is only ever read, so nobody makes it by the way. */
  String withoutProduction(RepositoryConfig repository, String database) {
    return "Production of " + repository.key() + " is not there: no database is called " + database + ". It is not made for you; until it is there"
        + " and a snapshot was taken, nothing is rehearsed. Make it:\n"
        + "  database  " + client("createdb") + " " + database + "\n"
        + "            " + client("psql") + " " + database + " < dump.sql\n"
        + "  then      offshoot snapshot take " + repository.key() + " --of production --data " + folder.root() + "\n"
        + "  or correct repositories." + repository.key() + ".production.database";
  }

  private String client(String program) {
    PostgresConfig postgres = config.stores().postgres();
    return "PGPASSWORD=\"$(cat " + folder.servers().resolve("postgres").resolve("password") + ")\" " + program + " -h " + postgres.host()
        + " -p " + postgres.port() + " -U " + postgres.user();
  }
}
