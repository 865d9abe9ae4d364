package dev.offshoot.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Keeping;

/**
 * A backup as people see it.
 *
 * @param kept where it is
 * @param checksum SHA-256 where it is bytes
 * @param proof what was tried and compared
 * @param expires when it is due to be dropped; empty where backups are kept for ever
 * @param dropped when that was decided
 */
public record BackupView(
    String environment, int incarnation, String store, String method, String kept, long bytes, Optional<String> epoch,
    Optional<String> checksum, String proof, Instant at, Optional<Instant> expires, Optional<Instant> dropped) {

  public static final Comparator<BackupView> ORDER =
      Comparator.comparing(BackupView::environment).thenComparingInt(BackupView::incarnation).thenComparing(BackupView::store);

  /** @param retention zero for ever */
  public static Stream<BackupView> of(EnvironmentState state, Duration retention) {
    return state.backups().stream().flatMap(backups -> backups.receipts().stream())
        .map(receipt -> of(state.id().value(), receipt, retention));
  }

  private static BackupView of(String environment, BackupReceipt receipt, Duration retention) {
    return new BackupView(environment, receipt.incarnation().number(), receipt.kind().name().toLowerCase(Locale.ROOT),
        receipt.method().name().toLowerCase(Locale.ROOT), receipt.kept(), receipt.bytes(), receipt.epoch().map(EpochId::value),
        receipt.checksum(), receipt.verified(), receipt.at(),
        retention.isZero() ? Optional.empty() : Optional.of(receipt.at().plus(retention)),
        receipt.dropped().map(Keeping.Dropped::decided));
  }

  public static String table(List<BackupView> rows, Instant now) {
    Table table = new Table("ENVIRONMENT", "INCARNATION", "STORE", "METHOD", "SIZE", "AGE", "SNAPSHOT", "EXPIRES", "PROOF");
    for (BackupView row : rows) {
      table.row(row.environment(), Integer.toString(row.incarnation()), row.store(), row.method(), Sizes.of(row.bytes()),
          Times.age(Duration.between(row.at(), now)), row.epoch().orElse("-"),
          row.dropped().map(at -> "dropped " + Times.seconds(at)).or(() -> row.expires().map(Times::seconds)).orElse("never"),
          Harmless.line(row.proof()));
    }
    return table.text();
  }
}
