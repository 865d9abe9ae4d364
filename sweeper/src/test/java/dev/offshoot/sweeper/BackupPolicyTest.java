package dev.offshoot.sweeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.Request;

class BackupPolicyTest {
  private static final Instant PROVED = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Instant DUE = PROVED.plus(WEEK);
  private static final Origin BRANCH = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("x"));
  private static final Intent DESTROYED = new Intent.Destroyed(Incarnation.FIRST, "merged");
  private static final BackupReceipt RECEIPT = new BackupReceipt(StoreKind.POSTGRES, Incarnation.FIRST, "kept", 1, "f00", "tried",
      PROVED, Optional.of(Keeping.retained(EpochId.at(PROVED))));
  private static final BackupReceipt LATER = new BackupReceipt(StoreKind.SOLR, Incarnation.FIRST, "kept", 1, "f00", "tried",
      PROVED.plusSeconds(5), Optional.empty());

  private final BackupPolicy policy = new BackupPolicy(WEEK);

  private static EnvironmentState state(Intent intent, BackupReceipt... receipts) {
    return EnvironmentState.unknown(BRANCH.environment())
        .with(new Presence(BRANCH, intent, Optional.empty(), Optional.empty(), PROVED))
        .with(new Backups(List.of(receipts)));
  }

  @Test
  void theOldestBackupIsDueOnceItsRetentionIsOver() {
    EnvironmentState state = state(DESTROYED, RECEIPT, LATER);
    assertThat(policy.decide(state, DUE.minusMillis(1))).isEmpty();
    assertThat(policy.decide(state, DUE)).contains(new Request.BackupsExpired(BRANCH, DUE));
  }

  @Test
  void oneThatIsBeingDroppedIsDueUntilItIsGone() {
    BackupReceipt going = RECEIPT.with(new Keeping.Dropped(DUE, Optional.empty()));
    BackupReceipt gone = RECEIPT.with(new Keeping.Dropped(DUE, Optional.of(DUE)));
    assertThat(policy.decide(state(DESTROYED, going), DUE)).contains(new Request.BackupsExpired(BRANCH, DUE));
    assertThat(policy.decide(state(DESTROYED, gone), DUE.plus(WEEK))).isEmpty();
  }

  @Test
  void aRetentionOfZeroIsForEver() {
    assertThat(new BackupPolicy(Duration.ZERO).decide(state(DESTROYED, RECEIPT), DUE.plus(WEEK))).isEmpty();
  }

  @Test
  void nothingIsAskedWhileTheEnvironmentIsBeingDestroyed() {
    assertThat(policy.decide(state(new Intent.Destroying(Incarnation.FIRST, "merged"), RECEIPT), DUE)).isEmpty();
  }
}
