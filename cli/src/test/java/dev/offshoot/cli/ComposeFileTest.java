package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RedisConfig;

/** The wiring between docker-compose.yml, docker/offshoot.yaml and the command. */
class ComposeFileTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");
  private static final Map<String, String> SECRETS = Map.of(
      "POSTGRES_PASSWORD", "pg", "REDIS_PASSWORD", "redis", "OFFSHOOT_MASTER_KEY", "k".repeat(32), "SHOP_WEBHOOK_SECRET", "s".repeat(16));

  private record Compose(Map<String, Service> services) {
    Map<String, Service> workers() {
      Map<String, Service> workers = new TreeMap<>(services);
      workers.values().removeIf(service -> !service.image().equals("offshoot"));
      return workers;
    }
  }

  private record Service(String image, List<String> command, Map<String, Object> environment, List<String> volumes) {}

  private static Compose compose() throws IOException {
    // read by the library itself, which knows merge keys
    Map<String, Object> tree = new Yaml().load(read("docker-compose.yml"));
    return new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
        .convertValue(tree, new TypeReference<Compose>() {});
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static OffshootConfig config(Map<String, String> environment) throws IOException {
    return ConfigFile.parse(read("docker/offshoot.yaml"), environment, Path.of("/etc/offshoot"));
  }

  @Test
  void theSecretsAreEnoughAndEveryHostIsAService() throws IOException {
    OffshootConfig config = config(SECRETS);
    Set<String> services = compose().services().keySet();

    assertThat(services).contains(
        config.kafka().bootstrapServers().replace(":9092", ""),
        config.stores().postgres().host(),
        config.stores().solr().url().replace("http://", "").replace(":8983/solr", ""));
    assertThat(config.stores().redis()).isInstanceOfSatisfying(
        RedisConfig.Shared.class, redis -> assertThat(redis.host()).isIn(services));
  }

  @Test
  void everyVariableOfTheConfigurationReachesEveryWorker() throws IOException {
    List<String> variables = VARIABLE.matcher(read("docker/offshoot.yaml")).results().map(found -> found.group(1)).distinct().toList();

    assertThat(variables).containsAll(SECRETS.keySet());
    assertThat(compose().workers().values()).isNotEmpty()
        .allSatisfy(worker -> assertThat(worker.environment().keySet()).containsAll(variables));
  }

  @Test
  void everyWorkerIsRunByTheServiceOfItsName() throws IOException {
    Map<String, Service> workers = compose().workers();

    assertThat(new TreeSet<>(workers.keySet()))
        .isEqualTo(Arrays.stream(WorkerName.values()).map(WorkerName::label).collect(Collectors.toCollection(TreeSet::new)));
    workers.forEach((name, service) -> {
      var run = OffshootMain.commandLine().parseArgs(service.command().toArray(String[]::new)).subcommand();
      assertThat(run.matchedPositionalValue(0, "")).isEqualTo(name);
      assertThat(run.<Path>matchedOptionValue("--config", Path.of("")))
          .isEqualTo(Path.of("/etc/offshoot/offshoot.yaml"));
    });
  }

  @Test
  void theFoldersOfTheConfigurationAreVolumes() throws IOException {
    String blobs = config(SECRETS).blobs().toString();

    assertThat(compose().workers().values()).allSatisfy(
        worker -> assertThat(worker.volumes()).contains("blobs:" + blobs, "./docker/offshoot.yaml:/etc/offshoot/offshoot.yaml:ro"));
    assertThat(read("docker/Dockerfile")).contains(blobs);
  }

  @Test
  void solrReadsTheConfigSetsThatTheWorkersWrite() throws IOException {
    String folder = config(SECRETS).stores().solr().configSets().orElseThrow().toString();

    assertThat(compose().workers().values()).allSatisfy(worker -> assertThat(worker.volumes()).contains("config-sets:" + folder));
    assertThat(compose().services()).hasEntrySatisfying("solr",
        solr -> assertThat(solr.volumes()).contains("config-sets:/var/solr/data/configsets"));
    assertThat(read("docker/Dockerfile")).contains(folder + "/_default/conf");
    assertThat(config(SECRETS).repositories().values()).allSatisfy(
        repository -> assertThat(repository.staging().configSet()).contains("solr/conf"));
  }

  @Test
  void theFilesThatAreMountedExist() throws IOException {
    assertThat(compose().services().values().stream().flatMap(service -> service.volumes().stream())
        .filter(volume -> volume.startsWith("./")).map(volume -> ROOT.resolve(volume.split(":", 2)[0])))
        .isNotEmpty().allSatisfy(path -> assertThat(path).exists());
  }
}
