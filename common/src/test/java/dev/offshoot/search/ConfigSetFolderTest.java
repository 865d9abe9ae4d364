package dev.offshoot.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.worker.Failure;

class ConfigSetFolderTest {
  private static final String CORE = "shop_x-e261121093000000-7";

  @TempDir
  private Path directory;

  private ConfigSetFolder folder;

  @BeforeEach
  void theServersOwnSetStands() throws IOException {
    Files.createDirectories(directory.resolve("_default/conf/lang"));
    Files.writeString(directory.resolve("_default/conf/schema.xml"), "<schema/>");
    Files.writeString(directory.resolve("_default/conf/solrconfig.xml"), "<config/>");
    Files.writeString(directory.resolve("_default/conf/lang/stop.txt"), "und");
    folder = new ConfigSetFolder(directory);
  }

  private static ContainedConfig config(String schema) {
    return new ContainedConfig(new TreeMap<>(Map.of("schema.xml", schema)));
  }

  private String read(String path) throws IOException {
    return Files.readString(directory.resolve(path));
  }

  @Test
  void aCoreHasTheServersSetUntilItIsGivenAnother() throws IOException {
    folder.bind(CORE);
    folder.bind(CORE);
    assertThat(folder.current(CORE)).contains("_default");
    assertThat(folder.good(CORE)).isEqualTo("_default");

    String set = folder.write(CORE, config("<schema name='1'/>"));
    assertThat(read(CORE + "/conf/schema.xml")).isEqualTo("<schema/>");
    folder.point(CORE, set);

    assertThat(read(CORE + "/conf/schema.xml")).isEqualTo("<schema name='1'/>");
    assertThat(read(CORE + "/conf/solrconfig.xml")).isEqualTo("<config/>");
    assertThat(read(CORE + "/conf/lang/stop.txt")).isEqualTo("und");
    assertThat(read("_default/conf/schema.xml")).isEqualTo("<schema/>");
    assertThat(folder.good(CORE)).isEqualTo("_default");
  }

  @Test
  void whatTheServerTookStaysAndWhatWasBeforeGoes() throws IOException {
    folder.bind(CORE);
    String first = folder.write(CORE, config("1"));
    folder.point(CORE, first);
    folder.taken(CORE, first);
    String second = folder.write(CORE, config("2"));
    assertThat(folder.write(CORE, config("2"))).isEqualTo(second).isNotEqualTo(first);
    folder.taking(CORE, "shop_x");
    assertThat(folder.taking("shop_x")).contains(CORE);
    folder.point(CORE, second);
    folder.taken(CORE, second);

    assertThat(folder.taking("shop_x")).isEmpty();
    assertThat(folder.good(CORE)).isEqualTo(second);
    assertThat(directory.resolve(first)).doesNotExist();
    assertThat(read(CORE + "/conf/schema.xml")).isEqualTo("2");
  }

  @Test
  void aChangedServersSetIsAnotherSetForTheSameBranch() throws IOException {
    folder.bind(CORE);
    String before = folder.write(CORE, config("1"));
    Files.writeString(directory.resolve("_default/conf/lang/stop.txt"), "oder");
    assertThat(folder.write(CORE, config("1"))).isNotEqualTo(before);
    assertThat(folder.write(CORE, new ContainedConfig(new TreeMap<>()))).isEqualTo("_default");
  }

  @Test
  void whatBelongsToACoreGoesWithItAndNothingElse() throws IOException {
    folder.bind(CORE);
    folder.bind(CORE + "1");
    String set = folder.write(CORE, config("1"));
    folder.point(CORE, set);
    folder.taken(CORE, set);

    folder.release(CORE);
    folder.release(CORE);

    try (var left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("_default", CORE + "1");
    }
    assertThat(read("_default/conf/schema.xml")).isEqualTo("<schema/>");
  }

  @Test
  void whatAKilledRemovalHasLeftIsSwept() throws IOException {
    folder.bind(CORE);
    folder.bind("standing-e261121093000000-7");
    Files.createSymbolicLink(directory.resolve("foreign"), Path.of("_default"));
    Instant later = Files.getLastModifiedTime(directory.resolve(CORE), LinkOption.NOFOLLOW_LINKS).toInstant().plusSeconds(1);

    folder.sweep(name -> name.contains("-e2"), Set.of("standing-e261121093000000-7"), Instant.EPOCH);
    assertThat(folder.current(CORE)).isPresent();
    folder.sweep(name -> name.contains("-e2"), Set.of("standing-e261121093000000-7"), later);

    assertThat(folder.current(CORE)).isEmpty();
    assertThat(folder.current("standing-e261121093000000-7")).isPresent();
    assertThat(folder.current("foreign")).isPresent();
  }

  @Test
  void aFolderThatIsNotSolrsIsSaidToBeWrong() {
    assertThatThrownBy(() -> new ConfigSetFolder(directory.resolve("none")).bind(CORE))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID))
        .hasMessageContaining("stores.solr.configSets");
  }
}
