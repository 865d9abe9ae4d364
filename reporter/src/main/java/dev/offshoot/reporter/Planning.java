package dev.offshoot.reporter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.flyway.Migrations;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.Plan.Migration;
import dev.offshoot.reporter.source.ScriptTexts;

/** Puts the plan together: what earlier pushes applied, then what this one did, with the SQL as it stands in the commit. */
final class Planning {
  private static final int MOST_MIGRATIONS = 500;
  private static final int LONGEST_SQL = 200_000;
  private static final int ROOM = 4_000_000;

  private final ScriptTexts texts;
  private final List<Migration> migrations = new ArrayList<>();
  private int room = ROOM;

  private Planning(ScriptTexts texts) {
    this.texts = texts;
  }

  /** @param before what was applied to the same database by earlier pushes */
  static Plan of(Push push, List<Migration> before, Part<Evidence> evidence, Part<List<SourceFile>> files) {
    Planning planning = new Planning(new ScriptTexts(files.found().orElse(List.of())));
    Optional<String> failing = push.failure().flatMap(MigrationFailure::script);
    Set<String> ofThisPush = push.applied().stream().map(AppliedMigration::script).map(Migrations::file).collect(Collectors.toSet());
    failing.map(Migrations::file).ifPresent(ofThisPush::add);
    before.stream().filter(one -> !ofThisPush.contains(Migrations.file(one.script())))
        .forEach(one -> planning.add(new Migration(one.version(), one.description(), one.script(), one.state(),
            one.took(), planning.sql(one.script()), false)));
    push.applied().forEach(one -> planning.add(new Migration(one.version(), one.description(), one.script(),
        Plan.State.APPLIED, one.took(), planning.sql(one.script()), true)));
    failing.ifPresent(script -> planning.add(new Migration(Migrations.version(script).orElse(""),
        Migrations.description(script), script, Plan.State.FAILED, Duration.ZERO, planning.sql(script), true)));
    return new Plan(history(push, evidence), Excerpt.of(planning.migrations, MOST_MIGRATIONS), planning.hash());
  }

  private static Plan.History history(Push push, Part<Evidence> evidence) {
    Optional<dev.offshoot.evidence.Plan> decided = evidence.found().map(Evidence::plan);
    return new Plan.History(push.version(), decided.flatMap(plan -> plan.rebuilt()),
        decided.map(plan -> plan.changes()).orElse(List.of()));
  }

  private void add(Migration migration) {
    migrations.add(migration);
  }

  private Optional<String> sql(String script) {
    Optional<String> text = texts.of(script).map(
        whole -> whole.length() <= LONGEST_SQL ? whole : whole.substring(0, LONGEST_SQL) + "\n-- cut");
    Optional<String> fitting = text.filter(sql -> sql.length() <= room);
    fitting.ifPresent(sql -> room -= sql.length());
    return fitting;
  }

  /** Over the whole files, in the plan's order, each with its name and lengths, so that none runs into the next. */
  private Optional<String> hash() {
    if (migrations.isEmpty() || !migrations.stream().allMatch(one -> texts.of(one.script()).isPresent())) {
      return Optional.empty();
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Migration one : migrations) {
        String text = texts.of(one.script()).orElse("");
        digest.update((one.script() + "\0" + text.length() + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8));
      }
      return Optional.of(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
