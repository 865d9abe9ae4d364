package dev.offshoot.migrator.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.apache.solr.client.solrj.request.ConfigSetAdminRequest;
import org.apache.solr.common.util.ContentStreamBase;

import dev.offshoot.search.ContainedConfig;
import dev.offshoot.worker.Failure;

/**
 * Of a collection of a SolrCloud: a config set of its own in ZooKeeper, whole, since Solr gives no config set out of which the rest could be
 * taken. Its name is the collection's and what is in it.
 */
final class CollectionConfig implements NamespaceConfig {
  private static final String COLLECTIONS = "/admin/collections";
  private static final String CONFIG_SETS = "/admin/configs";
  /** Between the collection's name and the rest; the provisioner removes by it. */
  private static final String OWN = ".c";

  private final SolrAdmin admin;

  CollectionConfig(SolrAdmin admin) {
    this.admin = admin;
  }

  @Override
  public Optional<String> bring(String namespace, ContainedConfig wanted, String staging) {
    if (!wanted.isEmpty() && !wanted.files().containsKey("solrconfig.xml")) {
      return Optional.of("On a SolrCloud a branch's config set must be whole: add solrconfig.xml beside the schema");
    }
    String collection = collection(namespace);
    String before = configSet(collection);
    String set = wanted.isEmpty() ? configSet(collection(staging)) : collection + OWN + wanted.hash();
    if (before.equals(set)) {
      return Optional.empty();
    }
    if (!wanted.isEmpty()) {
      upload(set, wanted);
    }
    Optional<String> refused = modified(collection, set);
    if (refused.isPresent()) {
      modified(collection, before).ifPresent(why -> {
        throw new Failure(Failure.Kind.UNAVAILABLE, "The collection " + collection + " did not take its last configuration again: " + why);
      });
    }
    tidy(collection, refused.isPresent() ? before : set);
    return refused;
  }

  private void upload(String set, ContainedConfig wanted) {
    ConfigSetAdminRequest.Upload upload = new ConfigSetAdminRequest.Upload();
    upload.setConfigSetName(set);
    upload.setOverwrite(true);
    upload.setUploadStream(new ContentStreamBase.ByteArrayStream(zip(wanted.files()), set, "application/octet-stream"));
    if (admin.ask(upload) instanceof SolrAdmin.Refused refused) {
      throw new Failure(Failure.Kind.INVALID, "SolrCloud did not take the config set " + set + ": " + refused.why());
    }
  }

  private static byte[] zip(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Into memory everything can be written", e);
    }
    return bytes.toByteArray();
  }

  /** What was said against it: the change itself is taken whatever it is, so the collection is loaded again once more to hear it. */
  private Optional<String> modified(String collection, String set) {
    SolrAdmin.Answer changed = admin.ask(COLLECTIONS, "action", "MODIFYCOLLECTION", "collection", collection, "collection.configName", set);
    return said(changed).or(() -> said(admin.ask(COLLECTIONS, "action", "RELOAD", "name", collection)));
  }

  private static Optional<String> said(SolrAdmin.Answer answer) {
    return switch (answer) {
      case SolrAdmin.Refused refused -> Optional.of(refused.why());
      case SolrAdmin.Done done -> Optional.ofNullable(done.says().get("failure")).map(String::valueOf);
    };
  }

  private void tidy(String collection, String inUse) {
    if (admin.answer(CONFIG_SETS, "action", "LIST").get("configSets") instanceof List<?> sets) {
      sets.stream().map(String::valueOf).filter(set -> set.startsWith(collection + OWN) && !set.equals(inUse))
          .forEach(set -> admin.answer(CONFIG_SETS, "action", "DELETE", "name", set));
    }
  }

  private String collection(String name) {
    return SolrAdmin.member(admin.answer(COLLECTIONS, "action", "LISTALIASES").get("aliases"), name).map(String::valueOf).orElse(name);
  }

  private String configSet(String collection) {
    return SolrAdmin.member(admin.answer(COLLECTIONS, "action", "CLUSTERSTATUS", "collection", collection).get("cluster"), "collections")
        .flatMap(all -> SolrAdmin.member(all, collection)).flatMap(one -> SolrAdmin.member(one, "configName")).map(String::valueOf)
        .orElseThrow(() -> new Failure(Failure.Kind.UNAVAILABLE, "SolrCloud does not tell the config set of " + collection));
  }

  @Override
  public void close() {
    admin.close();
  }
}
