package dev.offshoot.cli;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.offshoot.cli.demo.Shop;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.RepositoryKey;

/** What a test wants otherwise than the demo's shop has it. */
interface ShopSetting {
  ShopSetting USUAL = usual -> usual;

  OffshootConfig config(OffshootConfig usual);

  /** Puts on main what Staging is to have besides. */
  default void commit(Shop shop) throws Exception {}

  static ShopSetting with(UnaryOperator<RepositoryConfig> configured) {
    return usual -> withRepositories(usual, usual.repositories().values().stream().map(configured)
        .collect(Collectors.toMap(RepositoryConfig::key, each -> each)));
  }

  static OffshootConfig withRepositories(
      OffshootConfig usual, Map<RepositoryKey, RepositoryConfig> repositories) {
    return new OffshootConfig(usual.kafka(), usual.stores(), usual.credentials(), usual.workers(), usual.blobs(), repositories,
        usual.services());
  }
}
