package dev.offshoot.provisioner.solr;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CursorMarkParams;
import org.apache.solr.common.util.NamedList;

import dev.offshoot.worker.Failure;

/** What is in cores or collections: their fields and documents. */
final class SolrDocuments {
  private static final int PAGE = 500;

  private final SolrCalls calls;

  SolrDocuments(SolrCalls calls) {
    this.calls = calls;
  }

  /**
   * A field as the index has it.
   *
   * @param readable whether its values can be read back
   */
  record Field(String name, boolean readable) {}

  /** Every field that any document has. */
  Map<String, Field> fields(String core) {
    NamedList<Object> answer = calls.ask("/" + core + "/admin/luke", "numTerms", "0");
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
    return String.valueOf(calls.ask("/" + core + "/schema/uniquekey").get("uniqueKey"));
  }

  /** Fields, or patterns of fields, that are filled from others. */
  List<String> copyTargets(String core) {
    if (!(calls.ask("/" + core + "/schema/copyfields").get("copyFields") instanceof List<?> all)) {
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
    while (true) {
      SolrQuery query = new SolrQuery("*:*").setRows(PAGE).setSort(key, SolrQuery.ORDER.asc).setFields("*");
      query.set(CursorMarkParams.CURSOR_MARK_PARAM, mark);
      QueryResponse page = calls.query(core, query);
      if (!page.getResults().isEmpty()) {
        pages.accept(page.getResults());
      }
      if (mark.equals(page.getNextCursorMark())) {
        return;
      }
      mark = page.getNextCursorMark();
    }
  }

  /** Seen once a commit is made. */
  void add(String core, List<SolrInputDocument> documents) {
    calls.add(core, documents);
  }

  void commit(String core) {
    calls.ask("/" + core + "/update", "commit", "true", "waitSearcher", "true");
  }
}
