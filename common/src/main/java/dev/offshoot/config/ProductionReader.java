package dev.offshoot.config;

import java.util.Optional;

/** Reads {@code production:} of a repository. */
final class ProductionReader {
  private ProductionReader() {}

  /** Law: without a masking policy it is refused; Staging's counts where it has none of its own. */
  static Optional<ProductionConfig> read(Section repository, StagingConfig staging) {
    Section production = repository.section("production");
    if (!repository.isWritten("production")) {
      return Optional.empty();
    }
    String database = RepositoryReader.database(production, "shop");
    StagingConfig.Snapshots own = RepositoryReader.snapshots(production, Optional.empty());
    StagingConfig.Snapshots masked = new StagingConfig.Snapshots(own.server(), own.way(), own.seed(),
        own.masking().or(() -> staging.snapshots().masking()));
    ProductionConfig.Rehearse rehearse =
        production.choice("rehearse", ProductionConfig.Rehearse.class, Optional.of(ProductionConfig.Rehearse.ON_PUSH));
    var every = production.duration("every", ProductionConfig.DEFAULT_EVERY);
    var keep = production.duration("keep", ProductionConfig.DEFAULT_KEEP);
    production.end();
    if (masked.masking().isEmpty()) {
      production.problem("masking", "is missing, and staging.masking too: Production is never shown unmasked; name a policy, in which every"
          + " column may be clear");
      return Optional.empty();
    }
    boolean same = own.server().equals(staging.snapshots().server()) && database.equals(staging.database());
    if (same) {
      production.problem("database", "is Staging's own; name Production's");
    }
    return Optional.of(new ProductionConfig(new StagingConfig(database, Optional.empty(), masked), rehearse, every, keep));
  }
}
