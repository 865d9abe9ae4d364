package dev.offshoot.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.cli.view.Dotenv;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;

/**
 * How an application reaches an environment's stores. Whoever has the configuration has the master key, and so may
 * know.
 */
public final class Access {
  private final OffshootConfig config;
  private final Presence presence;
  private final Stores stores;
  private final ResourceName resource;

  private Access(OffshootConfig config, Presence presence, Stores stores, ResourceName resource) {
    this.config = config;
    this.presence = presence;
    this.stores = stores;
    this.resource = resource;
  }

  /** Of an environment whose stores stand. */
  public static Access to(EnvironmentState environment, OffshootConfig config) {
    Presence presence =
        environment.presence().orElseThrow(() -> new CommandFailed("Nothing is known of " + environment.id()));
    if (presence.intent() instanceof Intent.Destroyed || presence.intent() instanceof Intent.Destroying) {
      throw new CommandFailed(environment.id() + (presence.intent() instanceof Intent.Destroyed ? " is destroyed" : " is being destroyed")
          + "; 'offshoot env create' makes it anew, 'offshoot env restore " + environment.id() + "' brings it back with what was in it");
    }
    Optional<Stores> standing = environment.currentStores().filter(known -> !known.coordinates().isEmpty());
    Stores stores = standing.orElseThrow(() -> new CommandFailed(
        environment.id() + " has no stores now; 'offshoot env show " + environment.id() + "' says why"));
    if (!stores.keyId().equals(config.credentials().keyId())) {
      throw new CommandFailed("The passwords of " + environment.id() + " come from the master key " + stores.keyId()
          + ", but the configuration holds " + config.credentials().keyId()
              + "; use a configuration with credentials.keyId: "
          + stores.keyId());
    }
    ResourceName resource = ResourceName.of(presence.origin().repository(), environment.id(), stores.incarnation());
    return new Access(config, presence, stores, resource);
  }

  public Secret password(StoreKind store) {
    return new Credentials(config.credentials()).password(resource, store);
  }

  public StoreCoordinates coordinates(StoreKind store) {
    return stores.of(store).orElseThrow(() -> new CommandFailed("The environment has no " + store));
  }

  /** The twelve-factor variables, then those of the configuration's services. */
  public Dotenv dotenv() {
    Map<String, String> variables = new LinkedHashMap<>();
    stores.of(StoreKind.POSTGRES).ifPresent(c -> variables.put("DATABASE_URL",
        "postgresql://" + c.user() + ":" + password(StoreKind.POSTGRES).reveal() + "@" + c.host() + ":" + c.port()
            + "/" + c.name()));
    stores.of(StoreKind.REDIS).ifPresent(c -> {
      variables.put("REDIS_URL", "redis://" + c.user() + ":" + password(StoreKind.REDIS).reveal() + "@" + c.host()
          + ":" + c.port());
      if (!c.name().isEmpty()) {
        variables.put("REDIS_KEY_PREFIX", c.name());
      }
    });
    stores.of(StoreKind.SOLR).ifPresent(c -> variables.put("SOLR_URL", config.stores().solr().url() + "/" + c.name()));
    variables.put("BRANCH_NAME", presence.origin().ref().branch());
    config.services().entrySet().stream().sorted(Map.Entry.comparingByKey())
        .forEach(s -> variables.put(s.getKey(), s.getValue()));
    return new Dotenv(variables);
  }
}
