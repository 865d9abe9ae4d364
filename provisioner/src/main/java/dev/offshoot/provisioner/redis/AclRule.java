package dev.offshoot.provisioner.redis;

import java.util.ArrayList;
import java.util.List;

import dev.offshoot.config.Secret;
import dev.offshoot.environment.ResourceName;

/**
 * What an environment may do on a shared server: work with its own keys and channels.
 *
 * <p>Commands are allowed by the kind of data they work on, so that what a module or a later version adds is denied. Of
 * those are denied again: what concerns the server; what shows other keys' or channels' names (SCAN, RANDOMKEY, PUBSUB,
 * CLIENT TRACKING, which can broadcast every key that changes) or their number; what leads to databases beside the first,
 * where a backup would not look (SELECT, SWAPDB, MOVE, COPY); scripts and functions, which are everybody's on a server;
 * and what blocks a connection.
 */
final class AclRule {
  private static final List<String> KINDS = List.of("+@string", "+@hash", "+@list", "+@set", "+@sortedset", "+@stream",
      "+@bitmap", "+@hyperloglog", "+@geo", "+@keyspace", "+@pubsub", "+@transaction", "+@connection", "+time");
  private static final List<String> DENIED = List.of("-@dangerous", "-@admin", "-@scripting", "-@blocking", "-scan",
      "-randomkey", "-dbsize", "-select", "-swapdb", "-keys", "-move", "-copy", "-pubsub", "-client|tracking");

  private AclRule() {
  }

  /** The whole of it: what the user was allowed before is taken away. */
  static String[] of(ResourceName name, Secret password) {
    List<String> rule = new ArrayList<>(List.of("reset", "resetchannels", "on", ">" + password.reveal(),
        "~" + name + ":*", "&" + name + ":*"));
    rule.addAll(KINDS);
    rule.addAll(DENIED);
    return rule.toArray(String[]::new);
  }
}
