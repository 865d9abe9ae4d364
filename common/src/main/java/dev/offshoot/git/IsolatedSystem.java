package dev.offshoot.git;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit sees of this machine: no system, user or JGit configuration and no {@code GIT_*} variable. A proxy, a
 * credential helper or an {@code insteadOf} that stands there must not decide where a commit is read from. HTTP
 * redirects are off, since a redirect is a URL that nobody configured.
 */
final class IsolatedSystem extends SystemReader.Delegate {

  private IsolatedSystem(SystemReader machine) {
    super(machine);
  }

  /** JGit keeps its reader per process: this replaces it, once. */
  static synchronized void install() {
    if (!(SystemReader.getInstance() instanceof IsolatedSystem)) {
      SystemReader.setInstance(new IsolatedSystem(SystemReader.getInstance()));
    }
  }

  @Override
  public @Nullable String getenv(String variable) {
    return variable.startsWith("GIT_") ? null : super.getenv(variable);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Unwritten(parent, fs);
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    User config = new User(parent, fs);
    config.setString("http", null, "followRedirects", "false");
    return config;
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Unwritten(parent, fs);
  }

  /**
   * Answers what JGit would otherwise measure for three seconds, with files that it writes into the repository: how fine the file
   * system's clock is. Two seconds is JGit's own answer where it cannot measure.
   */
  private static final class User extends Unwritten {
    private static final Duration CLOCK_RESOLUTION = Duration.ofSeconds(2);

    User(@Nullable Config parent, FS fs) {
      super(parent, fs);
    }

    @Override
    public long getTimeUnit(String section, @Nullable String subsection, String name, long defaultValue, TimeUnit unit) {
      return section.equals("filesystem") && name.equals("timestampResolution")
          ? unit.convert(CLOCK_RESOLUTION)
          : super.getTimeUnit(section, subsection, name, defaultValue, unit);
    }
  }

  /** A configuration without a file. */
  private static class Unwritten extends FileBasedConfig {
    Unwritten(@Nullable Config parent, FS fs) {
      super(parent, new File(""), fs);
    }

    @Override
    public void load() {
      // there is nothing to read
    }

    @Override
    public void save() {
      // JGit notes measurements of the file system here; they are not worth a file in someone's home
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
