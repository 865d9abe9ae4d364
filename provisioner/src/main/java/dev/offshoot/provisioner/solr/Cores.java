package dev.offshoot.provisioner.solr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CursorMarkParams;
import org.apache.solr.common.util.NamedList;
import org.jspecify.annotations.Nullable;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.worker.Failure;

/** The core administration of one Solr. */
final class Cores implements AutoCloseable {
  /** What cores are made from; Staging's core is expected to be made from it too. */
  static final String CONFIG_SET = "_default";
  private static final int PAGE = 500;
  static final String ADMIN = "/admin/cores";

  private final SolrCalls calls;

  Cores(SolrConfig config) {
    this.calls = new SolrCalls(config);
  }

  /**
   * A core as it is now.
   *
   * @param directory the last part of its folder's path, which is chosen when it is made and stays when it is renamed
   */
  record Core(String name, String directory, long documents, long bytes) {}

  /** @param authentication the plugin that decides who is let in; empty where everybody is */
  record About(String version, Optional<String> authentication) {}

  About about() {
    NamedList<Object> answer = ask("/admin/info/system");
    NamedList<?> lucene = answer.get("lucene") instanceof NamedList<?> list ? list : new NamedList<>();
    NamedList<?> security = answer.get("security") instanceof NamedList<?> list ? list : new NamedList<>();
    return new About(String.valueOf(lucene.get("solr-spec-version")),
        Optional.ofNullable(security.get("authenticationPlugin")).map(String::valueOf));
  }

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

  List<Core> list() {
    return read(ask(ADMIN, "action", "STATUS")).toList();
  }

  void create(String name, String directory) {
    ask(ADMIN, "action", "CREATE", "name", name, "configSet", CONFIG_SET, "instanceDir", directory);
  }

  void rename(String name, String to) {
    ask(ADMIN, "action", "RENAME", "core", name, "other", to);
  }

  /** Does nothing when there is no such core. */
  void remove(String name) {
    if (find(name).isPresent()) {
      ask(ADMIN, "action", "UNLOAD", "core", name, "deleteInstanceDir", "true");
    }
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

  /**
   * A field as the index has it.
   *
   * @param readable whether its values can be read back
   */
  record Field(String name, boolean readable) {}

  /** Every field that any document has. */
  Map<String, Field> fields(String core) {
    NamedList<Object> answer = ask("/" + core + "/admin/luke", "numTerms", "0");
    Map<String, Field> fields = new LinkedHashMap<>();
    if (answer.get("fields") instanceof NamedList<?> all) {
      all.forEach((name, about) -> fields.put(name, new Field(name, about instanceof NamedList<?> details
          && String.valueOf(details.get("schema")).matches(".*[SD].*"))));
    } else {
      throw new Failure(Failure.Kind.INVALID, "Solr does not tell the fields of the core " + core);
    }
    return fields;
  }

  String uniqueKey(String core) {
    return String.valueOf(ask("/" + core + "/schema/uniquekey").get("uniqueKey"));
  }

  /** Fields, or patterns of fields, that are filled from others. */
  List<String> copyTargets(String core) {
    if (!(ask("/" + core + "/schema/copyfields").get("copyFields") instanceof List<?> all)) {
      return List.of();
    }
    return all.stream().map(one -> switch (one) {
      case NamedList<?> list -> String.valueOf(list.get("dest"));
      case Map<?, ?> map -> String.valueOf(map.get("dest"));
      default -> throw new Failure(Failure.Kind.INVALID, "Solr tells the copied fields of the core " + core + " in a way that is not known");
    }).toList();
  }

  /** All documents, some at a time, in the order of the unique key. */
  void eachPage(String core, String key, Consumer<SolrDocumentList> pages) {
    String mark = CursorMarkParams.CURSOR_MARK_START;
    try {
      while (true) {
        SolrQuery query = new SolrQuery("*:*").setRows(PAGE).setSort(key, SolrQuery.ORDER.asc).setFields("*");
        query.set(CursorMarkParams.CURSOR_MARK_PARAM, mark);
        QueryResponse page = calls.client().query(core, query);
        if (!page.getResults().isEmpty()) {
          pages.accept(page.getResults());
        }
        if (mark.equals(page.getNextCursorMark())) {
          return;
        }
        mark = page.getNextCursorMark();
      }
    } catch (SolrServerException | IOException | SolrException e) {
      throw SolrFailures.of("read the documents of " + core, e);
    }
  }

  /** Seen once a commit is made. */
  void add(String core, List<SolrInputDocument> documents) {
    try {
      calls.client().add(core, documents);
    } catch (SolrServerException | IOException | SolrException e) {
      throw SolrFailures.of("write documents of " + core, e);
    }
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
