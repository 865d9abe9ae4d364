package dev.offshoot.evidence;

/**
 * A table or index that was written anew: its file has another number ({@code relfilenode}).
 *
 * @param bytes of the new file; 0 when it was emptied
 */
public record Rewrite(Relation relation, long oldFile, long newFile, long bytes, Method method) {}
