package dev.offshoot.reporter.model;

import java.util.List;

/**
 * How a branch's config set of the search index differs from that of the branch which Staging is deployed from.
 *
 * @param files that differ, by their paths in the config set
 * @param schema what of the schema differs
 * @param reindex why documents that are in the index must be indexed again, the gravest first
 * @param diff of the files' texts, cut
 * @param ignored names in the branch's folder that no config set may have, and that were passed over
 */
public record SearchDifference(
    Excerpt<FileChange> files, Excerpt<SchemaChange> schema, Excerpt<Reindex> reindex, String diff, List<String> ignored) {
  public static final SearchDifference NONE =
      new SearchDifference(Excerpt.all(List.of()), Excerpt.all(List.of()), Excerpt.all(List.of()), "", List.of());

  public SearchDifference {
    ignored = List.copyOf(ignored);
  }

  /** Whether a reindex is needed: not merely advised. */
  public boolean needsReindex() {
    return reindex.items().stream().anyMatch(one -> one.need() == Need.NEEDED);
  }

  /** A file that differs. */
  public record FileChange(SchemaDifference.Kind kind, String path) {}

  /**
   * A part of the schema that differs.
   *
   * @param part such as field
   * @param how in words; empty where it was added or removed
   */
  public record SchemaChange(SchemaDifference.Kind kind, String part, String name, String how) {}

  /** @param subject what it is about: fields, or a part of the configuration */
  public record Reindex(Need need, String subject, String why) {}

  /** How much speaks for it. */
  public enum Need {
    /** Without it the index is wrong for the documents that are in it. */
    NEEDED,
    /** Solr's guide recommends it, or documents that are in the index lack something new. */
    ADVISED
  }
}
