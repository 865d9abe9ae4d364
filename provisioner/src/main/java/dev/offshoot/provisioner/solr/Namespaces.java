package dev.offshoot.provisioner.solr;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.SolrConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.provisioner.solr.Cores.Core;

/**
 * Where search indexes are: cores of a server that stands alone, or collections of a SolrCloud.
 *
 * <p>A namespace has a name, which can change, and what it was made as (a core's folder, a collection's own name), which
 * stays and is unlike that of every other.
 */
interface Namespaces extends AutoCloseable {

  static Namespaces of(SolrConfig config) {
    return switch (config.mode()) {
      case STANDALONE -> new StandaloneNamespaces(config);
      case CLOUD -> new CloudNamespaces(config);
    };
  }

  /** Failure BUSY while the server, just started, cannot tell yet. */
  Optional<Core> find(String name);

  /** All of them; how much is in each need not be told. */
  List<Core> list();

  /**
   * Makes one that holds what a backup holds.
   *
   * <p>Law: what an earlier call for the same {@code madeAs} has left, finished or not, is thrown away or carried on with.
   */
  void create(String name, String madeAs, String backup);

  /**
   * Makes an empty one with the fields of another.
   *
   * <p>Law: what an earlier call has left is thrown away. Failure INVALID where this cannot be done.
   */
  void createEmpty(String name, String like);

  /**
   * Writes a remark that stays with one until it is removed, whatever its name is. Nothing happens where it has it already.
   *
   * @return false when there is none of this name. Failure INVALID where remarks cannot be kept
   */
  boolean mark(String name, String remark);

  void unmark(String name, String remark);

  /** All remarks on one, in no order; none when there is none of this name. */
  List<String> marks(String name);

  /** The server that they are on. */
  SolrCalls calls();

  /**
   * Law: from one name to the other, or killed between, to both. Nothing happens where there is none. Not for a name that another one
   * has: that would be lost.
   */
  void rename(String name, String to);

  /** Does nothing when there is none. */
  void remove(String name);

  /** What is in it, as of its last commit, so that two can be compared. */
  String content(String name);

  /** What was sent to it can be found and is in its next backup. */
  void commit(String name);

  /** Writes a backup; one of the same name that is not known to be whole goes first. */
  void backUp(String name, String backup);

  /** False when the folder of all backups can be seen from here and this one is not in it. */
  boolean mayHold(String backup);

  /** Over the names and bytes of a backup's files; empty where they cannot be seen from here. */
  Optional<String> checksum(String backup);

  /** Whether a backup's files are what they were when a receipt was written; true where they can't be seen from here. */
  default boolean isWhole(BackupReceipt receipt) {
    return mayHold(receipt.kept())
        && receipt.checksum().filter(sum -> !checksum(receipt.kept()).equals(Optional.of(sum))).isEmpty();
  }

  /** Does nothing when there is none. */
  void removeBackup(String backup);

  @Override
  void close();
}
