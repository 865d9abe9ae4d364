package dev.offshoot.reporter.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.flyway.Migrations;
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
    return Optional.ofNullable(byName.get(script))
        .or(() -> Optional.of(byFile.getOrDefault(Migrations.file(script), List.of())).filter(all -> all.size() == 1).map(List::getFirst))
        .map(SourceFile::text);
  }
}
