package dev.offshoot.provisioner.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.wire.Json;
import dev.offshoot.worker.Failure;

/**
 * What is kept on a shared server of one environment that was destroyed: its keys under another prefix, which no user may
 * read, and the receipt. As long as there is a receipt something may be kept.
 */
record KeptKeys(Jedis jedis, ResourceName name) {
  private static final String RECEIPT = "offshoot:receipt:";
  private static final String KEPT = "offshoot:kept:";

  /** Whose keys are kept on the server. */
  static List<String> names(Jedis jedis) {
    return KeyScan.namesAfter(jedis, RECEIPT);
  }

  /** How receipts call it. */
  String place() {
    return KEPT + name;
  }

  boolean areReceipted() {
    return jedis.exists(RECEIPT + name);
  }

  /** @throws Failure INVALID when it cannot be read */
  Optional<BackupReceipt> receipt() {
    return Optional.ofNullable(jedis.get(RECEIPT + name)).map(text -> {
      try {
        return Json.mapper().readValue(text, BackupReceipt.class);
      } catch (JsonProcessingException e) {
        throw new Failure(Failure.Kind.INVALID, "The receipt of " + name + " cannot be read: "
            + e.getOriginalMessage(), e);
      }
    });
  }

  void receipted(BackupReceipt receipt) {
    FaultPoint.at("redis.shared.receipt.before");
    jedis.set(RECEIPT + name, json(receipt));
    FaultPoint.at("redis.shared.receipt.after");
  }

  /**
   * Renames the environment's keys until none has its own name; what is kept does not expire.
   *
   * @return how many are kept, with those of an attempt that was killed
   * @throws Failure INVALID when another number is found than was renamed, or one with its own name
   */
  long takeOver() {
    long kept = find().size() + rename();
    long counted = find().size();
    if (counted != kept || !KeyScan.startingWith(jedis, name + ":").isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "Of " + kept + " keys of " + name + " " + counted
          + " are kept; nothing is removed");
    }
    return counted;
  }

  private Set<byte[]> find() {
    return KeyScan.startingWith(jedis, place() + ":");
  }

  private long rename() {
    long moved = 0;
    for (byte[] key : KeyScan.startingWith(jedis, name + ":")) {
      byte[] kept = KeyScan.prefixed(KEPT, key);
      try {
        jedis.rename(key, kept);
        FaultPoint.at("redis.shared.key.renamed");
        jedis.persist(kept);
        moved++;
      } catch (JedisDataException expiredMeanwhile) {
        if (jedis.exists(key)) {
          throw expiredMeanwhile;
        }
      }
    }
    return moved;
  }

  /**
   * Copies them to another incarnation's names; they stay. What an attempt that was killed has left there goes first.
   *
   * @throws Failure INVALID when it is not as many as the receipt says
   */
  void copyTo(ResourceName other, BackupReceipt receipt) {
    KeyScan.startingWith(jedis, other + ":").forEach(jedis::unlink);
    FaultPoint.at("redis.shared.fill.before");
    int prefix = place().length() + 1;
    long copied = 0;
    for (byte[] kept : find()) {
      byte[] rest = Arrays.copyOfRange(kept, prefix, kept.length);
      copied += jedis.copy(kept, KeyScan.prefixed(other + ":", rest), true) ? 1 : 0;
    }
    FaultPoint.at("redis.shared.fill.after");
    if (!receipt.fingerprint().equals("keys=" + copied)) {
      throw new Failure(Failure.Kind.INVALID, "Of the keys kept as " + receipt.kept() + " " + copied + " are there instead of "
          + receipt.fingerprint() + ": they can't be restored");
    }
  }

  /** The receipt last. */
  void remove() {
    FaultPoint.at("redis.shared.kept.remove.before");
    find().forEach(jedis::unlink);
    FaultPoint.at("redis.shared.kept.removed");
    jedis.del(RECEIPT + name);
    FaultPoint.at("redis.shared.kept.remove.after");
  }

  /** @throws Failure INVALID unless the receipt that is there is this one */
  void refuseUnless(Owner owner, BackupReceipt receipt) {
    boolean holds = receipt()
        .filter(real -> real.kind() == receipt.kind() && real.incarnation().equals(receipt.incarnation())
            && real.kept().equals(receipt.kept()) && real.fingerprint().equals(receipt.fingerprint()))
        .isPresent();
    if (!holds) {
      throw new Failure(Failure.Kind.INVALID, "The Redis keys of " + owner
          + " are not removed: there is no verified backup of them");
    }
  }

  private static String json(BackupReceipt receipt) {
    try {
      return Json.mapper().writeValueAsString(receipt);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A receipt can be written as JSON", e);
    }
  }
}
