package dev.offshoot.provisioner.postgres.server;

import java.util.List;
import java.util.Optional;

import dev.offshoot.fault.FaultPoint;

/**
 * What an administrator must make before a role without rights of its own can fill a database from an archive: the database itself, its
 * schemas, its extensions. Read from the catalogue.
 *
 * @param collate LC_COLLATE
 * @param ctype LC_CTYPE
 * @param provider who orders texts: {@code c} the system's library, {@code i} ICU, {@code b} PostgreSQL itself
 * @param locale of the provider, where it is not the system's library
 * @param schemas those that a user could have made
 * @param extensions in the order they were made
 */
public record DatabaseShape(
    String encoding, String collate, String ctype, String provider, Optional<String> locale, List<String> schemas,
    List<Extension> extensions) {
  public DatabaseShape {
    schemas = List.copyOf(schemas);
    extensions = List.copyOf(extensions);
  }

  /** @param schema where its objects are */
  public record Extension(String name, String schema) {}

  /** @param inside a session in the database */
  public static DatabaseShape of(AdminSession inside) {
    List<String> schemas = inside.list("""
        SELECT nspname FROM pg_namespace n WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND NOT EXISTS (
          SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
        ORDER BY 1""", row -> row.getString(1));
    List<Extension> extensions = inside.list("""
        SELECT extname, nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
        WHERE extname <> 'plpgsql' ORDER BY e.oid""", row -> new Extension(row.getString(1), row.getString(2)));
    return inside.first("""
        SELECT pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider,
          coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')
        FROM pg_database d WHERE datname = current_database()""",
        row -> new DatabaseShape(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
            Optional.ofNullable(row.getString(5)), schemas, extensions)).orElseThrow();
  }

  /** An empty database of this shape that nobody but an administrator can connect to; one that was begun before goes first. */
  public void make(AdminSession session, String database) {
    Databases.drop(session, database);
    FaultPoint.at("postgres.scratch.before");
    session.run("CREATE DATABASE " + Sql.name(database) + " TEMPLATE template0 ENCODING " + Sql.text(encoding)
        + " LC_COLLATE " + Sql.text(collate) + " LC_CTYPE " + Sql.text(ctype) + withProvider() + " CONNECTION LIMIT 0");
    FaultPoint.at("postgres.scratch.after");
    session.run("REVOKE CONNECT, TEMPORARY ON DATABASE " + Sql.name(database) + " FROM PUBLIC");
  }

  private String withProvider() {
    return switch (provider) {
      case "i" -> " LOCALE_PROVIDER icu" + locale.map(l -> " ICU_LOCALE " + Sql.text(l)).orElse("");
      case "b" -> " LOCALE_PROVIDER builtin" + locale.map(l -> " BUILTIN_LOCALE " + Sql.text(l)).orElse("");
      default -> " LOCALE_PROVIDER libc";
    };
  }

  /** Makes what only an administrator can, before anything of the role is there that could be run by it. */
  public void prepare(AdminSession inside, String role) {
    for (String schema : schemas) {
      inside.run("CREATE SCHEMA IF NOT EXISTS " + Sql.name(schema));
    }
    for (Extension extension : extensions) {
      inside.run("CREATE EXTENSION IF NOT EXISTS " + Sql.name(extension.name()) + " SCHEMA " + Sql.name(extension.schema()));
    }
    for (String schema : schemas) {
      inside.run("ALTER SCHEMA " + Sql.name(schema) + " OWNER TO " + Sql.name(role));
    }
  }
}
