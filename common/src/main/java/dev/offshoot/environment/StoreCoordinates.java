package dev.offshoot.environment;

/**
 * Where one store of an environment is reached. Holds no secret: passwords are derived by who may have them.
 *
 * @param name the database, the Solr core, or the key prefix of a shared Redis (empty where the whole server is the environment's)
 * @param user the role to log in as; empty where the store has no users
 */
public record StoreCoordinates(StoreKind kind, String host, int port, String name, String user) {}
