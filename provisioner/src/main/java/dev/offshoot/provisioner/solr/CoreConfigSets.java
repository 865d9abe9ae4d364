package dev.offshoot.provisioner.solr;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.search.ConfigSetFolder;

/** The config sets that cores have to themselves, where Solr's folder of them is seen from here. A core's is named like its folder. */
final class CoreConfigSets {
  /** Longer than a core takes to be made. */
  private static final Duration LEFT = Duration.ofHours(1);

  private final Cores cores;
  private final Optional<ConfigSetFolder> folder;
  private final Clock clock = Clock.systemUTC();

  CoreConfigSets(Cores cores, SolrConfig config) {
    this.cores = cores;
    this.folder = config.configSets().map(ConfigSetFolder::new);
  }

  /** The config set to make a core with: its own, or the one that all share. */
  String made(String directory) {
    folder.ifPresent(sets -> sets.bind(directory));
    return folder.isPresent() ? directory : Cores.CONFIG_SET;
  }

  /** What a killed removal has left goes later with any other's. */
  void removed(String directory) {
    folder.ifPresent(sets -> {
      FaultPoint.at("solr.config.release.before");
      sets.release(directory);
      cores.directories().ifPresent(standing -> sets.sweep(SolrNames::isOurs, standing, clock.instant().minus(LEFT)));
    });
  }
}
