package dev.offshoot.provisioner.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.util.NamedList;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.provisioner.solr.Cores.Core;
import dev.offshoot.worker.Failure;

/**
 * Collections. One keeps the name it was made with, so a namespace's name is an alias; what has none is what a restore is
 * filling, or was not finished.
 */
final class CloudNamespaces implements Namespaces {
  private static final String ADMIN = "/admin/collections";
  private static final String CONFIG_SETS = "/admin/configs";
  /** Between the name of a collection and the rest of the name of a config set that it has to itself. */
  private static final String OWN_CONFIG = ".c";

  private final SolrCalls calls;
  private final CloudTasks tasks;
  private final String location;

  CloudNamespaces(SolrConfig config) {
    this.calls = new SolrCalls(config);
    this.tasks = new CloudTasks(calls);
    this.location = config.backups().toString();
  }

  @Override
  public Optional<Core> find(String name) {
    return list().stream().filter(core -> core.name().equals(name)).findFirst()
        .map(core -> new Core(name, core.directory(), documents(core.directory()), bytes(core.directory())));
  }

  @Override
  public List<Core> list() {
    Map<String, String> aliases = aliases();
    List<Core> all = new ArrayList<>();
    aliases.forEach((alias, collection) -> all.add(new Core(alias, collection, 0, 0)));
    for (String collection : collections()) {
      if (!aliases.containsValue(collection)) {
        all.add(new Core(SolrNames.unaliased(collection), collection, 0, 0));
      }
    }
    return all;
  }

  private List<String> collections() {
    return calls.ask(ADMIN, "action", "LIST").get("collections") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList() : List.of();
  }

  private Map<String, String> aliases() {
    Map<String, String> aliases = new TreeMap<>();
    Object answer = calls.ask(ADMIN, "action", "LISTALIASES").get("aliases");
    if (answer instanceof Map<?, ?> map) {
      map.forEach((alias, collection) -> aliases.put(String.valueOf(alias), String.valueOf(collection)));
    } else if (answer instanceof NamedList<?> list) {
      list.forEach((alias, collection) -> aliases.put(alias, String.valueOf(collection)));
    }
    return aliases;
  }

  private String collection(String name) {
    return list().stream().filter(core -> core.name().equals(name)).findFirst().map(Core::directory)
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "There is no collection " + name));
  }

  private long documents(String collection) {
    return calls.ask("/" + collection + "/select", "q", "*:*", "rows", "0").get("response") instanceof SolrDocumentList all
        ? all.getNumFound() : 0;
  }

  /** On the node that is asked. */
  private long bytes(String collection) {
    return Cores.read(calls.ask(Cores.ADMIN, "action", "STATUS"))
        .filter(core -> core.name().startsWith(collection + "_shard")).mapToLong(Core::bytes).sum();
  }

  /** The caller's name for it is what {@link SolrNames#unaliased} makes of what has no other. */
  @Override
  public void create(String name, String madeAs, String backup) {
    String task = "offshoot-restore-" + madeAs;
    remove(name);
    tasks.forget(task);
    if (collections().contains(madeAs)) {
      delete(madeAs);
    }
    tasks.run(task, "action", "RESTORE", "name", backup, "location", location, "collection", madeAs);
    tasks.forget(task);
    CloudTasks.await("collection " + madeAs + " to answer", () -> answers(madeAs));
  }

  /** After a restore the first queries fail for some hundred milliseconds. */
  private boolean answers(String collection) {
    try {
      return documents(collection) >= 0;
    } catch (Failure notYet) {
      return false;
    }
  }

  @Override
  public void createEmpty(String name, String like) {
    throw new Failure(Failure.Kind.INVALID, "Documents of " + like + " cannot be masked on a SolrCloud: write clear for all of its fields, "
        + "or leave staging.core out");
  }

  @Override
  public boolean mark(String name, String remark) {
    throw new Failure(Failure.Kind.INVALID, "Collections keep no remarks");
  }

  @Override
  public void unmark(String name, String remark) {
    throw new Failure(Failure.Kind.INVALID, "Collections keep no remarks");
  }

  @Override
  public List<String> marks(String name) {
    return List.of();
  }

  @Override
  public SolrCalls calls() {
    return calls;
  }

  @Override
  public void rename(String name, String to) {
    calls.ask(ADMIN, "action", "CREATEALIAS", "name", to, "collections", collection(name));
    if (aliases().containsKey(name)) {
      calls.ask(ADMIN, "action", "DELETEALIAS", "name", name);
    }
  }

  /** Without an alias it is unfinished again: killed here, it is found as such and removed. */
  @Override
  public void remove(String name) {
    for (Core core : list().stream().filter(one -> one.name().equals(name)).toList()) {
      aliases().forEach((alias, collection) -> {
        if (collection.equals(core.directory())) {
          calls.ask(ADMIN, "action", "DELETEALIAS", "name", alias);
        }
      });
      delete(core.directory());
    }
  }

  private void delete(String collection) {
    calls.ask(ADMIN, "action", "DELETE", "name", collection);
    withoutCollection().forEach(set -> calls.ask(CONFIG_SETS, "action", "DELETE", "name", set));
  }

  /** Config sets that the migrator has written for collections of ours which are no more: of this one, or of a killed removal. */
  private List<String> withoutCollection() {
    List<String> standing = collections();
    return calls.ask(CONFIG_SETS, "action", "LIST").get("configSets") instanceof List<?> sets
        ? sets.stream().map(String::valueOf).filter(set -> set.lastIndexOf(OWN_CONFIG) > 0)
            .filter(set -> SolrNames.isOurs(set.substring(0, set.lastIndexOf(OWN_CONFIG)))
                && !standing.contains(set.substring(0, set.lastIndexOf(OWN_CONFIG)))).toList()
        : List.of();
  }

  /** Over all shards: the number of documents, and the least and the greatest of the versions they got when they changed. */
  @Override
  public String content(String name) {
    commit(name);
    NamedList<Object> answer = calls.ask("/" + collection(name) + "/select", "q", "*:*", "rows", "0", "stats", "true",
        "stats.field", "_version_");
    long documents = answer.get("response") instanceof SolrDocumentList all ? all.getNumFound() : 0;
    Optional<Object> versions = SolrCalls.member(answer.get("stats"), "stats_fields")
        .flatMap(fields -> SolrCalls.member(fields, "_version_"));
    return "documents=" + documents + " versions=" + versions.flatMap(all -> SolrCalls.member(all, "min")).orElse("none")
        + ".." + versions.flatMap(all -> SolrCalls.member(all, "max")).orElse("none");
  }

  @Override
  public Optional<String> checksum(String backup) {
    return SolrBackups.checksum(Path.of(location).resolve(backup));
  }

  @Override
  public void commit(String name) {
    calls.ask("/" + collection(name) + "/update", "commit", "true", "waitSearcher", "true");
  }

  @Override
  public void backUp(String name, String backup) {
    String task = "offshoot-backup-" + backup;
    if (tasks.state(task) == CloudTasks.State.DONE && !mayHold(backup)) {
      tasks.forget(task);
    }
    tasks.run(task, "action", "BACKUP", "name", backup, "location", location, "collection", collection(name));
  }

  @Override
  public boolean mayHold(String backup) {
    Path folder = Path.of(location);
    return !Files.isDirectory(folder) || Files.isDirectory(folder.resolve(backup));
  }

  @Override
  public void removeBackup(String backup) {
    if (mayHold(backup)) {
      for (String id : points(backup)) {
        calls.ask(ADMIN, "action", "DELETEBACKUP", "name", backup, "location", location, "backupId", id);
      }
    }
    tasks.forget("offshoot-backup-" + backup);
  }

  /** A backup is one or more points in time; what is left without one is an empty folder, which Solr calls an error. */
  private List<String> points(String backup) {
    try {
      Object points = calls.ask(ADMIN, "action", "LISTBACKUP", "name", backup, "location", location).get("backups");
      return points instanceof List<?> all
          ? all.stream().flatMap(point -> SolrCalls.member(point, "backupId").stream()).map(String::valueOf).toList()
          : List.of();
    } catch (Failure none) {
      if (String.valueOf(none.getMessage()).contains("expected to hold a single directory")) {
        return List.of();
      }
      throw none;
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
