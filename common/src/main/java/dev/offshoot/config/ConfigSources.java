package dev.offshoot.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a configuration's text is read against.
 *
 * @param environment what <code>${NAME}</code> stands for
 * @param folder what relative paths are resolved against
 * @param otherwise values for keys that the text leaves out, by full key
 */
record ConfigSources(Map<String, String> environment, Path folder, Map<String, String> otherwise) {
  ConfigSources {
    environment = Map.copyOf(environment);
    otherwise = Map.copyOf(otherwise);
  }
}
