package dev.offshoot.evidence;

/**
 * A table or index that was written anew: its file has another number ({@code relfilenode}).
 *
 * @param bytes of the new file; 0 when it was emptied
 */
public record Rewrite(Relation relation, long oldFile, long newFile, long bytes, Method method) {
  /** Whether rows were written anew: neither an index nor a table that was emptied has any. */
  public boolean wroteRows() {
    return relation.kind() != Relation.Kind.INDEX && bytes > 0;
  }
}
