package dev.offshoot.provisioner.solr;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.StoreSnapshot.Taking;
import dev.offshoot.environment.StoreSnapshot.Way;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.masking.MaskedText;
import dev.offshoot.provisioner.masking.PolicyFile;
import dev.offshoot.provisioner.solr.Cores.Core;
import dev.offshoot.provisioner.store.EpochSource;
import dev.offshoot.provisioner.store.Original;
import dev.offshoot.worker.Failure;

/** An epoch is a backup of Staging's core, as of its last commit. */
public final class SolrEpochs implements EpochSource, AutoCloseable {
  private final Namespaces namespaces;
  private final SolrSlots slots;
  private final Credentials credentials;
  private final Clock clock;

  public SolrEpochs(SolrConfig config, Credentials credentials, Clock clock) {
    this.namespaces = Namespaces.of(config);
    this.slots = new SolrSlots(namespaces);
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public StoreKind kind() {
    return StoreKind.SOLR;
  }

  @Override
  public boolean holds(StoreSnapshot part) {
    return namespaces.mayHold(part.name());
  }

  @Override
  public Optional<StoreSnapshot> find(Original original, EpochId epoch) {
    return original.stores().core()
        .map(_ -> new StoreSnapshot(StoreKind.SOLR, original.name(epoch).value(), epoch.takenAt(), 0))
        .filter(this::holds);
  }

  /** The server keeps no list of its backups. */
  @Override
  public List<EpochId> list(Original original) {
    return List.of();
  }

  @Override
  public Optional<StoreSnapshot> snapshot(Original original, EpochId epoch) {
    return original.stores().core().map(name -> {
      Core core = namespaces.find(name).orElseThrow(() -> new Failure(Failure.Kind.INVALID, "There is no core " + name
          + " to take a snapshot of; create it or correct staging.core of the repository"));
      Instant cutAt = clock.instant();
      String backup = original.name(epoch).value();
      // what was made of an attempt that was never published
      slots.dropAll(backup);
      FaultPoint.at("solr.epoch.before");
      List<String> masked = original.stores().snapshots().masking()
          .map(policy -> writeMasked(original, core.name(), original.name(epoch), policy))
          .orElseGet(() -> {
            namespaces.backUp(core.name(), backup);
            return List.of();
          });
      FaultPoint.at("solr.epoch.after");
      slots.dropAll(backup);
      return new StoreSnapshot(StoreKind.SOLR, backup, cutAt, core.bytes())
          .taken(new Taking(Way.BACKUP, masked, Optional.empty()));
    });
  }

  /**
   * Through a core of its own, which no environment is told of: only masked documents are ever written there. A killed
   * attempt's core goes with the next one.
   */
  private List<String> writeMasked(Original original, String staging, ResourceName name, Path policyFile) {
    SolrMasking masking = SolrMasking.of(new SolrDocuments(namespaces.calls()), staging, PolicyFile.read(policyFile));
    if (masking.masked().isEmpty()) {
      namespaces.backUp(staging, name.value());
      return List.of();
    }
    String core = SolrNames.unfinished(name);
    FaultPoint.at("solr.mask.core.before");
    namespaces.createEmpty(core, staging);
    FaultPoint.at("solr.mask.core.after");
    try {
      masking.write(core, new MaskedText(credentials.maskingKey(original.repository())));
      FaultPoint.at("solr.mask.written");
      namespaces.backUp(core, name.value());
    } finally {
      namespaces.remove(core);
    }
    FaultPoint.at("solr.mask.core.removed");
    return masking.masked().stream().map(field -> staging + "." + field).toList();
  }

  @Override
  public void retire(Original original, EpochId epoch) {
    original.stores().core().filter(name -> namespaces.find(name).isPresent()).ifPresent(_ -> {
      FaultPoint.at("solr.epoch.retire.before");
      ResourceName name = original.name(epoch);
      namespaces.remove(SolrNames.unfinished(name));
      namespaces.removeBackup(name.value());
      FaultPoint.at("solr.epoch.retire.after");
    });
  }

  @Override
  public void close() {
    namespaces.close();
  }
}
