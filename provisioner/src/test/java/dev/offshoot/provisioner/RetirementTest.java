package dev.offshoot.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.memory.MemoryStore;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.worker.Outcome;

class RetirementTest {
  private static final Instant INTENT = Instant.parse("2026-11-21T10:00:00Z");
  private static final EpochId EPOCH = EpochId.at(Instant.parse("2026-11-21T09:30:00Z"));
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("retired", "unused", Optional.empty());
  private static final Origin ORIGIN = Origin.ofBranch(REPOSITORY.key(), GitRef.ofBranch("feature/retired"));
  private static final Owner OWNER = new Owner(REPOSITORY.key(), ORIGIN.environment(), Incarnation.FIRST);

  private final MemoryState state = new MemoryState();
  private final MemoryStore postgres = new MemoryStore(StoreKind.POSTGRES, Clock.systemUTC());
  private final MemoryStore solr = new MemoryStore(StoreKind.SOLR, Clock.systemUTC());
  private final MemoryStore redis = new MemoryStore(StoreKind.REDIS, Clock.systemUTC());
  private final ProvisionerWorker worker = new ProvisionerWorker(
      new ProvisionerWorker.Rules(Map.of(REPOSITORY.key(), REPOSITORY), Duration.ofDays(3),
          new ProvisionerWorker.Retention(Duration.ofDays(1), Duration.ofDays(7))),
      new Tips(_ -> new MemoryRepository()), new EnvironmentStores(List.of(postgres, solr, redis), List.of()), "k1", Clock.systemUTC());

  private static Message destroy() {
    return Message.first(EventId.random(), EventSource.worker("test"), INTENT, new Request.DestroyRequested(ORIGIN, "enough", "ann"));
  }

  private void anEnvironmentStands() {
    OwnerTag tag = new OwnerTag(OWNER, EPOCH, INTENT);
    stores().forEach(store -> {
      store.publish("snapshot", List.of("one", "two"));
      store.ensure(new Blueprint(tag, new Blueprint.Source.Snapshot(new StoreSnapshot(store.kind(), "snapshot", INTENT, 1))));
    });
    state.set(ORIGIN.environment(), new Presence(ORIGIN, new Intent.Standing(Incarnation.FIRST, EPOCH), Optional.empty(), Optional.empty(),
        INTENT));
    state.set(ORIGIN.environment(), new Stores(Incarnation.FIRST, EPOCH, "k1", List.of()));
  }

  private Stream<MemoryStore> stores() {
    return Stream.of(postgres, solr, redis);
  }

  private boolean isClosedOnly(MemoryStore store) {
    return store.snapshot(OWNER).isPresent();
  }

  @Test
  void whileTheBackupOfOneStoreIsSpoiltNoneRemovesAnything() throws Exception {
    anEnvironmentStands();
    state.dieAtCommit(2, worker, destroy());
    List<BackupReceipt> receipts = state.of(ORIGIN.environment()).backups().orElseThrow().receipts();
    assertThat(receipts).hasSize(3);
    BackupReceipt spoilt = receipts.stream().filter(receipt -> receipt.kind() == StoreKind.SOLR).findFirst().orElseThrow();
    solr.delete(OWNER, new Removal.Expired(spoilt));

    assertThat(state.handle(worker, destroy())).isInstanceOfSatisfying(Outcome.Failed.class,
        failed -> assertThat(failed.reason()).contains("no verified backup"));

    postgres.delete(OWNER, new Removal.Expired(receipts.getFirst()));
    redis.delete(OWNER, new Removal.Expired(receipts.getFirst()));
    assertThat(stores()).as("what was closed is still there to be kept again").allMatch(this::isClosedOnly);
  }

  @Test
  void withAllBackupsAllOfItGoes() throws Exception {
    anEnvironmentStands();
    assertThat(state.handle(worker, destroy())).isInstanceOf(Outcome.Done.class);
    stores().forEach(store -> {
      BackupReceipt receipt = store.snapshot(OWNER).orElseThrow();
      store.delete(OWNER, new Removal.Expired(receipt));
      assertThat(store.list(REPOSITORY.key(), ORIGIN.environment())).isEmpty();
    });
  }
}
