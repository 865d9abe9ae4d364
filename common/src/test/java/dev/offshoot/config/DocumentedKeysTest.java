package dev.offshoot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

class DocumentedKeysTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void theDocumentedKeysAreTheKnownKeys() throws IOException {
    Set<String> documented = new TreeSet<>();
    Matcher rows = ROW.matcher(Files.readString(DOCUMENT));
    while (rows.find()) {
      documented.add(rows.group(1));
    }

    Set<String> known = new TreeSet<>(known("process"));
    known.addAll(known("shared"));

    assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void theDocumentedExampleCanBeUsed() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
    assertThat(example.find()).isTrue();
    Map<String, String> environment =
        Map.of("POSTGRES_PASSWORD", "pg", "OFFSHOOT_MASTER_KEY", "k".repeat(32), "SHOP_WEBHOOK_SECRET", "s".repeat(16));

    ConfigFile.Checked checked =
        ConfigFile.check(example.group(1), new ConfigSources(environment, Path.of("/"), Map.of()));

    assertThat(checked.warnings()).isEmpty();
    assertThat(checked.config().repositories()).hasSize(1);
  }

  private static Set<String> known(String mode) {
    Reading reading = new Reading(new ConfigSources(Map.of(), Path.of("/"), Map.of()));
    new ConfigReader(reading).read(YamlTree.parse("stores: {redis: {mode: " + mode + "}, solr: {user: u}}\nrepositories: {shop: {staging: {server: {}}, production: {server: {}}, feedback: {}}}"));
    return reading.known();
  }
}
