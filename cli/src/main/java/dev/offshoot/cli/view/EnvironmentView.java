package dev.offshoot.cli.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Backups;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.Stores;

/**
 * An environment as it is shown; its JSON is what {@code env show --json} prints.
 *
 * @param incarnation the one that people use
 * @param rebuild the one that is to take its place, while there is one
 * @param commit the commit last seen at the branch
 * @param migrated the commit that the database is at
 * @param stores those that are there: none once it is destroyed
 * @param since of the phase; empty where it is not known
 * @param failure one line; {@code cause} has the statement where one is to blame
 */
public record EnvironmentView(
    String name,
    String repository,
    String branch,
    String kind,
    String phase,
    int incarnation,
    Optional<Rebuild> rebuild,
    Optional<String> commit,
    Optional<String> migrated,
    Optional<String> version,
    List<AppliedMigration> applied,
    Optional<String> failure,
    Optional<MigrationFailure> cause,
    Optional<String> epoch,
    List<StoreCoordinates> stores,
    Optional<String> report,
    List<BackupReceipt> backups,
    Optional<Instant> since) {
  public EnvironmentView {
    applied = List.copyOf(applied);
    stores = List.copyOf(stores);
    backups = List.copyOf(backups);
  }

  /** The incarnation in the making. */
  public record Rebuild(int incarnation, String epoch, String reason) {
    static Optional<Rebuild> of(Intent intent) {
      return intent instanceof Intent.Resetting next
          ? Optional.of(new Rebuild(next.incarnation().number(), next.epoch().value(), next.reason()))
          : Optional.empty();
    }
  }

  /** Empty for what only facets without a presence speak of. */
  public static Optional<EnvironmentView> of(EnvironmentState state) {
    return state.presence().map(presence -> of(state, presence));
  }

  private static EnvironmentView of(EnvironmentState state, Presence presence) {
    Optional<Schema> schema = state.currentSchema();
    Optional<Stores> stores = state.currentStores();
    boolean gone = presence.intent() instanceof Intent.Destroyed;
    return new EnvironmentView(
        state.id().value(),
        presence.origin().repository().value(),
        presence.origin().ref().branch(),
        presence.origin().kind().name().toLowerCase(Locale.ROOT),
        state.phase().name().toLowerCase(Locale.ROOT),
        presence.intent().serving().number(),
        Rebuild.of(presence.intent()),
        presence.tip().map(Commit::id),
        schema.map(Schema::commit).map(Commit::id),
        schema.map(Schema::version).filter(version -> !version.isEmpty()),
        schema.map(Schema::applied).orElse(List.of()),
        state.failure(),
        schema.flatMap(Schema::failure),
        stores.map(Stores::epoch).map(EpochId::value),
        stores.filter(_ -> !gone).map(Stores::coordinates).orElse(List.of()),
        state.report().filter(r -> r.incarnation().equals(presence.intent().incarnation())
            || r.incarnation().equals(presence.intent().serving())).map(Report::blob),
        state.backups().map(Backups::receipts).orElse(List.of()),
        state.since());
  }

  /** For people, several lines. */
  public String text() {
    List<String> lines = new ArrayList<>();
    line(lines, "environment", name);
    line(lines, "repository", repository);
    line(lines, "branch", Harmless.line(branch));
    line(lines, "phase", phase + since.map(at -> "  since " + Times.seconds(at)).orElse(""));
    rebuild.ifPresent(r -> line(lines, "rebuild", "incarnation " + r.incarnation() + " from snapshot " + r.epoch()
        + (phase.equals("failed") ? " failed; " + incarnation + " serves on: " : " is made while " + incarnation + " serves: ")
        + Harmless.line(r.reason()) + ". What is only in " + incarnation + " is not carried over"));
    commit.ifPresent(c -> line(lines, "commit", c));
    migrated.ifPresent(c -> line(lines, cause.isPresent() ? "tried" : "migrated", c + version.map(v -> "  version " + v).orElse("")));
    applied.forEach(m -> line(lines, "applied", Harmless.line(m.script()) + "  " + m.took().toMillis() + " ms"));
    failure.ifPresent(f -> line(lines, "failure", Harmless.line(f)));
    cause.flatMap(MigrationFailure::sqlState).ifPresent(s -> line(lines, "SQLSTATE", Harmless.line(s)));
    cause.flatMap(MigrationFailure::line).ifPresent(l -> line(lines, "line", l.toString()));
    cause.flatMap(MigrationFailure::statement)
        .ifPresent(s -> line(lines, "statement", Harmless.block(s).strip().replace("\n", "\n" + " ".repeat(14))));
    epoch.ifPresent(e -> line(lines, "snapshot", e + "  incarnation " + incarnation));
    stores.forEach(
        s -> line(lines, s.kind().name().toLowerCase(Locale.ROOT), s.host() + ":" + s.port() + " " + s.name()));
    report.ifPresent(r -> line(lines, "report", r + "  ('offshoot report show " + name + "' prints it)"));
    backups.forEach(
        b -> line(lines, "backup", b.kind().name().toLowerCase(Locale.ROOT) + " kept as " + b.kept() + ", " + Sizes.of(b.bytes())
        + ", " + Harmless.line(b.verified())));
    return String.join("\n", lines).lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }

  private static void line(List<String> lines, String label, String value) {
    lines.add(String.format(Locale.ROOT, "%-13s %s", label, value));
  }
}
