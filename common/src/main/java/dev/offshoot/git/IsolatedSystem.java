package dev.offshoot.git;

import java.io.File;

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
      // Else the first repository opened waits about three seconds for the file system's clock to be measured.
      FS.FileStoreAttributes.setBackground(true);
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
    Unwritten config = new Unwritten(parent, fs);
    config.setString("http", null, "followRedirects", "false");
    return config;
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Unwritten(parent, fs);
  }

  /** A configuration without a file. */
  private static final class Unwritten extends FileBasedConfig {
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
