package dev.offshoot.reporter.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.flyway.Migrations;
import dev.offshoot.flyway.ScriptConfiguration;
import dev.offshoot.git.GitRepository.SourceFile;

/**
 * The texts of a commit's migrations by the names that a schema history has for them. To Flyway a migration that was moved into another
 * folder is the same one, and the history keeps the name that it was applied under; so does this.
 */
public final class ScriptTexts {
  private final Map<String, SourceFile> byName = new HashMap<>();
  private final Map<String, List<SourceFile>> byFile = new HashMap<>();

  public ScriptTexts(List<SourceFile> files) {
    files.forEach(file -> {
      byName.putIfAbsent(file.name(), file);
      byFile.computeIfAbsent(Migrations.file(file.name()), _ -> new ArrayList<>()).add(file);
    });
  }

  /** Empty where the commit has no such migration, or several that were not applied under that name. */
  public Optional<String> of(String script) {
    return file(script).map(SourceFile::text);
  }

  /** Whether it is to run in a transaction, where the file beside it says so. */
  public Optional<Boolean> inTransaction(String script) {
    return file(script).map(file -> byName.get(file.name() + ScriptConfiguration.SUFFIX)).map(SourceFile::text)
        .flatMap(ScriptConfiguration::read).flatMap(ScriptConfiguration::executeInTransaction);
  }

  private Optional<SourceFile> file(String script) {
    return Optional.ofNullable(byName.get(script))
        .or(() -> Optional.of(byFile.getOrDefault(Migrations.file(script), List.of())).filter(all -> all.size() == 1).map(List::getFirst));
  }
}
