package dev.offshoot.provisioner.postgres.server;

import java.util.ArrayList;
import java.util.List;

import dev.offshoot.environment.CloneStrategy.Method;

/**
 * The ways in which {@code CREATE DATABASE} copies. WAL_LOG writes what it copies to the log too. FILE_COPY costs two
 * checkpoints and then copies files; FILE_CLONE is the same, but the file system shares the files' blocks (PostgreSQL
 * 18 with {@code file_copy_method = clone}, on XFS). Where it can't, PostgreSQL copies in full without a word.
 */
public final class CloneMethods {
  private static final String SETTING = "file_copy_method";
  private static final long PLAIN_THRESHOLD = 128L << 20;
  private static final long SHARED_BLOCKS_THRESHOLD = 16L << 20;

  private CloneMethods() {
  }

  /** Those the server has, whatever becomes of them on its file system. */
  public static List<Method> of(AdminSession session) {
    List<Method> methods = new ArrayList<>(List.of(Method.WAL_LOG, Method.FILE_COPY));
    if (session.first("SELECT 1 FROM pg_settings WHERE name = ? AND 'clone' = ANY (enumvals)", row -> true, SETTING)
        .isPresent()) {
      methods.add(Method.FILE_CLONE);
    }
    return methods;
  }

  /** Where nothing was measured; thresholds from measurements of the first two on a plain disk. */
  public static Method likely(AdminSession session, String template) {
    boolean sharesBlocks = session.first("SELECT current_setting(?, true) = 'clone'", row -> row.getBoolean(1), SETTING)
        .orElse(false);
    if (Databases.bytes(session, template) < (sharesBlocks ? SHARED_BLOCKS_THRESHOLD : PLAIN_THRESHOLD)) {
      return Method.WAL_LOG;
    }
    return sharesBlocks ? Method.FILE_CLONE : Method.FILE_COPY;
  }

  static String strategy(Method method) {
    return switch (method) {
      case WAL_LOG -> "WAL_LOG";
      case FILE_COPY, FILE_CLONE -> "FILE_COPY";
    };
  }

  /** For what the session copies next; servers before 18 know one way to copy files. */
  static void choose(AdminSession session, Method method) {
    String value = switch (method) {
      case WAL_LOG -> "";
      case FILE_COPY -> "copy";
      case FILE_CLONE -> "clone";
    };
    if (!value.isEmpty()) {
      session.list("SELECT set_config(?, ?, false) WHERE current_setting(?, true) IS NOT NULL", row -> true, SETTING,
          value, SETTING);
    }
  }
}
