package dev.offshoot.migrator.search;

import java.nio.file.Path;
import java.util.Optional;

import dev.offshoot.fault.FaultPoint;
import dev.offshoot.search.ConfigSetFolder;
import dev.offshoot.search.ContainedConfig;
import dev.offshoot.worker.Failure;

/**
 * Of a core of a standalone Solr, whose config set is a link in a folder that is seen from here: the link is changed, the core loaded again,
 * and where Solr does not take that the link is put back. While a core is loaded again it serves as before.
 */
final class CoreConfig implements NamespaceConfig {
  private static final String ADMIN = "/admin/cores";

  private final SolrAdmin admin;
  private final ConfigSetFolder folder;

  CoreConfig(SolrAdmin admin, ConfigSetFolder folder) {
    this.admin = admin;
    this.folder = folder;
  }

  @Override
  public Optional<String> bring(String namespace, ContainedConfig wanted, String staging) {
    String core = folderOf(namespace);
    Optional<String> own = folder.current(core);
    if (own.isEmpty() && wanted.isEmpty()) {
      return Optional.empty();
    }
    String now = own.orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The core " + namespace
        + " shares its config set with others, since it was made before stores.solr.configSets was written; make the environment anew with"
        + " offshoot replay"));
    String good = folder.good(core);
    String set = folder.write(core, wanted);
    if (now.equals(set) && good.equals(set)) {
      return Optional.empty();
    }
    folder.taking(core, namespace);
    FaultPoint.at("search.config.point.before");
    folder.point(core, set);
    FaultPoint.at("search.config.point.after");
    return switch (admin.ask(ADMIN, "action", "RELOAD", "core", namespace)) {
      case SolrAdmin.Done _ -> {
        FaultPoint.at("search.config.reloaded");
        folder.taken(core, set);
        FaultPoint.at("search.config.taken");
        yield Optional.empty();
      }
      case SolrAdmin.Refused refused -> {
        String why = reason(namespace).orElseGet(refused::why);
        putBack(core, namespace, good);
        yield Optional.of(withoutPaths(why));
      }
    };
  }

  /** The call's own answer does not say what is wrong; the list of cores does, until it is loaded again. */
  private Optional<String> reason(String namespace) {
    return SolrAdmin.member(
        admin.answer(ADMIN, "action", "STATUS", "core", namespace, "indexInfo", "false").get("initFailures"), namespace)
        .map(said -> String.valueOf(said).replaceFirst("^[a-z.]+\\.SolrException: ?", ""));
  }

  /** Where the server keeps its files is no business of a branch's. */
  private static String withoutPaths(String said) {
    return said.replaceAll("\\S*/conf/", "").replaceAll("(?<![A-Za-z0-9._-])/\\S*/", "");
  }

  private void putBack(String core, String namespace, String good) {
    folder.point(core, good);
    switch (admin.ask(ADMIN, "action", "RELOAD", "core", namespace)) {
      case SolrAdmin.Done _ -> folder.taken(core, good);
      case SolrAdmin.Refused refused -> throw new Failure(Failure.Kind.UNAVAILABLE, "The core " + namespace
          + " did not take its last configuration again: " + refused.why());
    }
  }

  /** The last part of its folder's path, which stays when a core is renamed, and names its config set. */
  private String folderOf(String namespace) {
    return SolrAdmin.member(admin.answer(ADMIN, "action", "STATUS", "core", namespace, "indexInfo", "false").get("status"), namespace)
        .flatMap(status -> SolrAdmin.member(status, "instanceDir"))
        .flatMap(directory -> Optional.ofNullable(Path.of(String.valueOf(directory)).getFileName())).map(Path::toString)
        .or(() -> folder.taking(namespace))
        .orElseThrow(() -> new Failure(Failure.Kind.UNAVAILABLE, "Solr has no core " + namespace + " now"));
  }

  @Override
  public void close() {
    admin.close();
  }
}
