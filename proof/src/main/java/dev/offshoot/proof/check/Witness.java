package dev.offshoot.proof.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.offshoot.proof.check.Evidence.Files;
import dev.offshoot.proof.check.Evidence.Git;
import dev.offshoot.proof.check.Evidence.Leak;
import dev.offshoot.proof.check.Evidence.Postgres;
import dev.offshoot.proof.check.Evidence.Redis;
import dev.offshoot.proof.check.Evidence.Tree;

/** Collects the evidence of a world. */
final class Witness {
  private final World world;
  /** What a commit holds never changes. */
  private final Map<Tree, Map<String, Long>> migrations = new HashMap<>();
  private final DatabaseFiles databaseFiles;

  Witness(World world) {
    this.world = world;
    this.databaseFiles = new DatabaseFiles(world.secrets().canary());
  }

  Evidence evidence() throws InterruptedException {
    TopicReader.Log log = new TopicReader(world.kafka()).read();
    Postgres postgres = new DatabaseReader(world.stores(), databaseFiles).read();
    World.Folders folders = world.folders();
    SolrReader solr = new SolrReader(world.stores().solr());
    Map<String, String> cores = solr.cores();
    Set<String> unmasked = world.secrets().canary().isEmpty() ? Set.of() : solr.holding(world.secrets().canary().get(), cores.keySet());
    Files files = new Files(cores, unmasked, FolderReader.names(folders.solrBackups()), redis(), FolderReader.keys(folders.blobs()));
    return new Evidence(log.history(), postgres, files, git(log.history()), leaks(log, postgres));
  }

  private Redis redis() {
    return world.stores().redis().map(shared -> new SharedRedisReader(shared).read())
        .orElseGet(() -> FolderReader.redis(world.folders().redis()));
  }

  private Git git(History history) throws InterruptedException {
    GitReader reader = new GitReader(world.repositories());
    for (String environment : history.branchEnvironments()) {
      Tree tree = new Tree(history.branch(environment).repository(), history.newest(environment, "schema").path("commit").asText());
      if (!tree.commit().isEmpty() && !migrations.containsKey(tree)) {
        migrations.put(tree, reader.migrations(tree));
      }
    }
    return new Git(reader.tips(), Map.copyOf(migrations));
  }

  private List<Leak> leaks(TopicReader.Log log, Postgres postgres) {
    Set<String> resources = new TreeSet<>();
    postgres.roles().forEach(role -> resources.add(role.name()));
    log.history().entries().values().forEach(entries -> entries.stream().filter(entry -> entry.facet().equals("stores"))
        .forEach(entry -> entry.value().path("coordinates").forEach(store -> resources.add(store.path("name").asText()))));
    SecretSearch search = new SecretSearch(world.secrets(), resources);
    List<Leak> leaks = new ArrayList<>();
    log.texts().forEach((position, text) -> leaks.addAll(search.in(position.toString(), text)));
    for (Path folder : List.of(world.folders().logs(), world.folders().redis())) {
      FolderReader.keys(folder).stream().filter(Witness::isLog).forEach(key -> leaks.addAll(search.in(folder.resolve(key))));
    }
    return leaks;
  }

  private static boolean isLog(String key) {
    return key.endsWith(".log") || key.endsWith(".out");
  }
}
