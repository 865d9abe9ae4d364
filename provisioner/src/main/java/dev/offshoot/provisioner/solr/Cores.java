package dev.offshoot.provisioner.solr;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.solr.common.util.NamedList;
import org.jspecify.annotations.Nullable;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.worker.Failure;

/** The core administration of one Solr. */
final class Cores implements AutoCloseable {
  /** What cores are made from; Staging's core is expected to be made from it too. */
  static final String CONFIG_SET = "_default";
  static final String ADMIN = "/admin/cores";

  private final SolrCalls calls;

  Cores(SolrConfig config) {
    this.calls = new SolrCalls(config);
  }

  SolrCalls calls() {
    return calls;
  }

  /**
   * A core as it is now.
   *
   * @param directory the last part of its folder's path, which is chosen when it is made and stays when it is renamed
   */
  record Core(String name, String directory, long documents, long bytes) {}

  /** Failure BUSY while the server, just started, is still loading it: the status then says that there is none. */
  Optional<Core> find(String name) {
    Optional<Core> found = status(name);
    if (found.isPresent()) {
      return found;
    }
    try {
      replication(name, "command", "indexversion");
      return status(name);
    } catch (Failure failure) {
      if (failure.kind() == Failure.Kind.INVALID) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private Optional<Core> status(String name) {
    return read(ask(ADMIN, "action", "STATUS", "core", name)).filter(core -> core.name().equals(name)).findFirst();
  }

  /** The folders of all cores; empty where there may be more than the server tells of: it is starting, or one could not be loaded. */
  Optional<Set<String>> directories() {
    NamedList<Object> answer = ask(ADMIN, "action", "STATUS", "indexInfo", "false");
    boolean all = SolrCalls.names(answer.get("initFailures")).isEmpty();
    Set<String> directories = read(answer).map(Core::directory).collect(Collectors.toSet());
    return all && !directories.isEmpty() ? Optional.of(directories) : Optional.empty();
  }

  /** How much is in each is not looked up, which takes long where there are many. */
  List<Core> list() {
    return read(ask(ADMIN, "action", "STATUS", "indexInfo", "false")).toList();
  }

  /**
   * The name of a snapshot of the core's newest commit is a remark: it is kept with the core's data, told, and of two that write the same
   * one is refused. The commit's files stay for as long as it does.
   */
  boolean mark(String name, String remark) {
    try {
      ask(ADMIN, "action", "CREATESNAPSHOT", "core", name, "commitName", remark);
      return true;
    } catch (Failure refused) {
      if (says(refused, "already exists")) {
        return true;
      }
      if (isGone(refused)) {
        return false;
      }
      throw refused;
    }
  }

  void unmark(String name, String remark) {
    try {
      ask(ADMIN, "action", "DELETESNAPSHOT", "core", name, "commitName", remark);
    } catch (Failure refused) {
      if (!isGone(refused)) {
        throw refused;
      }
    }
  }

  List<String> marks(String name) {
    try {
      return SolrCalls.names(ask(ADMIN, "action", "LISTSNAPSHOTS", "core", name).get("snapshots"));
    } catch (Failure refused) {
      if (isGone(refused)) {
        return List.of();
      }
      throw refused;
    }
  }

  private static boolean isGone(Failure refused) {
    return says(refused, "Unable to locate core");
  }

  private static boolean says(Failure refused, String text) {
    return Optional.ofNullable(refused.getMessage()).filter(message -> message.contains(text)).isPresent();
  }

  void create(String name, String directory) {
    create(name, directory, CONFIG_SET);
  }

  void create(String name, String directory, String configSet) {
    try {
      ask(ADMIN, "action", "CREATE", "name", name, "configSet", configSet, "instanceDir", directory);
    } catch (Failure refused) {
      // a call whose answer was lost with its connection is sent again by the client
      if (!says(refused, "already exists") || find(name).filter(core -> core.directory().equals(directory)).isEmpty()) {
        throw refused;
      }
    }
  }

  void rename(String name, String to) {
    ask(ADMIN, "action", "RENAME", "core", name, "other", to);
  }

  /** What was removed; nothing when there is no such core. */
  Optional<Core> remove(String name) {
    Optional<Core> standing = find(name);
    if (standing.isEmpty()) {
      return standing;
    }
    try {
      ask(ADMIN, "action", "UNLOAD", "core", name, "deleteInstanceDir", "true");
    } catch (Failure refused) {
      // sent again by the client, as above
      if (!says(refused, "non-existent core")) {
        throw refused;
      }
    }
    return standing;
  }

  void commit(String core) {
    ask("/" + core + "/update", "commit", "true", "waitSearcher", "true");
  }

  /**
   * What is in a core, as of its last commit: the number of its documents, and a hash over the version that each got with its last change.
   */
  String content(String core) {
    commit(core);
    Object answer = ask("/" + core + "/get", "getFingerprint", Long.toString(Long.MAX_VALUE)).get("fingerprint");
    if (!(answer instanceof Map<?, ?> fingerprint)) {
      throw new Failure(Failure.Kind.INVALID, "Solr tells no fingerprint of the core " + core + ": its schema needs the field _version_");
    }
    return "documents=" + fingerprint.get("numDocs") + " versions=" + fingerprint.get("versionsHash");
  }

  /** A command to a core's replication handler; what it starts goes on after it has answered. */
  NamedList<Object> replication(String core, String... parameters) {
    String[] all = Stream.concat(Stream.of(parameters), Stream.of("wt", "javabin")).toArray(String[]::new);
    return ask("/" + core + "/replication", all);
  }

  private NamedList<Object> ask(String path, String... parameters) {
    return calls.ask(path, parameters);
  }

  static Stream<Core> read(NamedList<Object> answer) {
    if (!(answer.get("status") instanceof NamedList<?> cores)) {
      return Stream.empty();
    }
    List<Core> read = new ArrayList<>();
    cores.forEach((name, core) -> core(core).ifPresent(read::add));
    return read.stream();
  }

  /** A name that is no core has an empty status. */
  private static Optional<Core> core(Object status) {
    if (!(status instanceof NamedList<?> core) || !(core.get("name") instanceof String name)) {
      return Optional.empty();
    }
    String directory = Optional.ofNullable(Path.of(String.valueOf(core.get("instanceDir"))).getFileName())
        .map(Path::toString).orElse("");
    NamedList<?> index = core.get("index") instanceof NamedList<?> list ? list : new NamedList<>();
    return Optional.of(new Core(name, directory, number(index.get("numDocs")), number(index.get("sizeInBytes"))));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public void close() {
    calls.close();
  }
}
