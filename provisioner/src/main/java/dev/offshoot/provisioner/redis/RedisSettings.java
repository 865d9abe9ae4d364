package dev.offshoot.provisioner.redis;

import dev.offshoot.config.Secret;
import dev.offshoot.provisioner.redis.RedisServers.Run;
import dev.offshoot.worker.Failure;

/**
 * A server's settings as it reads them from its standard input: so its passwords are in no file and no command line.
 *
 * <p>An environment logs in as the default user, who may do everything with data and nothing with the server; we log in
 * as a user of our own, so that we are never locked out. MIGRATE is no administrators' command to Redis, but it makes the
 * server connect to wherever it is told.
 */
record RedisSettings(Run run, int maxMemoryMegabytes, Secret environment, Secret administrator) {
  static final String ADMIN = "offshoot";

  String text() {
    String rule = run.environmentMayEnter() ? "on >" + environment.reveal() + " ~* &* +@all -@admin -migrate" : "off";
    return """
        port %d
        bind %s
        protected-mode yes
        dir %s
        dbfilename %s
        appendonly %s
        save ""
        maxmemory %dmb
        maxmemory-policy noeviction
        enable-debug-command no
        enable-module-command no
        enable-protected-configs no
        user default %s
        user %s on >%s ~* &* +@all
        """.formatted(
        run.port(), RedisServers.LOOPBACK, quoted(run.folder().toString()), RedisFolders.DUMP,
        run.keeps() ? "yes" : "no", maxMemoryMegabytes, rule, ADMIN, administrator.reveal());
  }

  private static String quoted(String path) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new Failure(Failure.Kind.INVALID, "stores.redis.directory must not contain control characters");
    }
    return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
