package dev.offshoot.migrator.flyway;

import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

import dev.offshoot.flyway.Migrations;
import dev.offshoot.git.GitRepository.SourceFile;

/**
 * All that Flyway can see: the texts of one commit's migrations, in memory, and what is heeded of what configures them
 * ({@code V1__a.sql.conf}). What it asks for besides (scripts, callbacks) does not exist. A resource's relative path is what
 * the schema history keeps as {@code script}, {@code 2025/V3__b.sql}, as for a location that Flyway scans itself.
 */
public final class CommitResources implements ResourceProvider {
  private final List<SourceFile> files;

  public CommitResources(List<SourceFile> files) {
    this.files = List.copyOf(files);
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst().map(Text::new).orElse(null);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return files.stream()
        .filter(file -> Migrations.file(file.name()).startsWith(prefix) && Arrays.stream(suffixes).anyMatch(file.name()::endsWith))
        .<LoadableResource>map(Text::new)
        .toList();
  }

  private static final class Text extends LoadableResource {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private final SourceFile file;

    Text(SourceFile file) {
      this.file = file;
    }

    @Override
    public Reader read() {
      String text = file.text();
      return new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    @Override
    public String getFilename() {
      return Migrations.file(file.name());
    }

    @Override
    public String getRelativePath() {
      return file.name();
    }

    @Override
    public String getAbsolutePath() {
      return file.path();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return file.path();
    }
  }
}
