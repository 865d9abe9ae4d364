package dev.offshoot.provisioner.solr;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.solr.Cores.Core;

/** Cores: made empty, filled by the replication handler, renamed by the server. */
final class StandaloneNamespaces implements Namespaces {
  private final Cores cores;
  private final SolrBackups backups;
  private final CoreConfigSets configSets;

  StandaloneNamespaces(SolrConfig config) {
    this.cores = new Cores(config);
    this.backups = new SolrBackups(cores, config);
    this.configSets = new CoreConfigSets(cores, config);
  }

  @Override
  public Optional<Core> find(String name) {
    return cores.find(name);
  }

  @Override
  public List<Core> list() {
    return cores.list();
  }

  @Override
  public void create(String name, String madeAs, String backup) {
    remove(name);
    FaultPoint.at("solr.create.before");
    cores.create(name, madeAs, configSets.made(madeAs));
    FaultPoint.at("solr.create.after");
    backups.restore(name, backup);
  }

  @Override
  public void createEmpty(String name, String like) {
    var _ = cores.remove(name);
    FaultPoint.at("solr.create.empty.before");
    cores.create(name, name);
    FaultPoint.at("solr.create.empty.after");
  }

  @Override
  public boolean mark(String name, String remark) {
    return cores.mark(name, remark);
  }

  @Override
  public void unmark(String name, String remark) {
    cores.unmark(name, remark);
  }

  @Override
  public List<String> marks(String name) {
    return cores.marks(name);
  }

  @Override
  public SolrCalls calls() {
    return cores.calls();
  }

  @Override
  public void rename(String name, String to) {
    cores.rename(name, to);
  }

  @Override
  public void remove(String name) {
    cores.remove(name).ifPresent(gone -> configSets.removed(gone.directory()));
  }

  @Override
  public String content(String name) {
    return cores.content(name);
  }

  @Override
  public Optional<String> checksum(String backup) {
    return backups.checksum(backup);
  }

  @Override
  public void commit(String name) {
    cores.commit(name);
  }

  @Override
  public void backUp(String name, String backup) {
    backups.write(name, backup);
  }

  @Override
  public boolean mayHold(String backup) {
    return backups.mayHold(backup);
  }

  @Override
  public void removeBackup(String backup) {
    backups.remove(backup);
  }

  @Override
  public void close() {
    cores.close();
  }
}
