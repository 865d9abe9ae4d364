package dev.offshoot.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads the configuration: YAML of at most 1 MiB, without aliases and without a key written twice. <code>${NAME}</code>
 * and
 * <code>${NAME:-default}</code> in a value stand for environment variables, and a doubled dollar sign for a literal one
 * before a brace.
 * Relative paths are resolved against the file's folder. {@code docs/configuration.md} documents every key; an unknown
 * one is an error.
 */
public final class ConfigFile {
  private static final long MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /**
   * A configuration that can be used, and what is unwise in it.
   *
   * @param warnings for example a secret that is written in the file itself
   */
  public record Checked(OffshootConfig config, List<ConfigProblem> warnings) {
    public Checked {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Reads a file with this process's environment variables.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static OffshootConfig load(Path file) {
    return check(file, Map.of()).config();
  }

  /**
   * As {@link #load}, with values for keys that the file leaves out.
   *
   * @param otherwise by full key, for example {@code kafka.bootstrapServers}; taken as it stands
   */
  public static Checked check(Path file, Map<String, String> otherwise) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
    String text = textOf(absolute);
    try {
      return check(text, new ConfigSources(System.getenv(), folder, otherwise));
    } catch (ConfigException e) {
      throw e.in(absolute);
    }
  }

  /**
   * Another file of the operator's, within the same bounds; without variables.
   *
   * @throws ConfigException when it is not there or not YAML
   */
  public static ObjectNode tree(Path file) {
    return YamlTree.parse(textOf(file.toAbsolutePath().normalize()));
  }

  /** Reads a configuration from its text. */
  public static OffshootConfig parse(String yaml, Map<String, String> environment, Path baseDirectory) {
    return check(yaml, new ConfigSources(environment, baseDirectory, Map.of())).config();
  }

  static Checked check(String yaml, ConfigSources sources) {
    Reading reading = new Reading(sources);
    OffshootConfig config = new ConfigReader(reading).read(YamlTree.parse(yaml));
    if (!reading.problems().isEmpty()) {
      throw new ConfigException(reading.problems());
    }
    return new Checked(config, reading.warnings());
  }

  private static String textOf(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw ConfigException.of("file", file + " is larger than 1 MiB; a configuration is smaller");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw ConfigException.of("file", file + " does not exist; write one or name another with --config");
    } catch (CharacterCodingException e) {
      throw ConfigException.of("file", file + " is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      throw ConfigException.of("file", file + " cannot be read; check its permissions");
    }
  }
}
