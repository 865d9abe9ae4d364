package dev.offshoot.provisioner.solr;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;

/**
 * The names a core has in its life. Solr keeps and tells the folder's name that a core was made with, also when the core is renamed: the
 * owner tag of one that was made for an environment is there. What is made for the pool has nobody's, and is marked with one later.
 */
final class SolrNames {
  private static final Pattern SLOT = Pattern.compile("(.+)-slot-([0-9]{1,19})");
  private static final Pattern FOLDER = Pattern.compile("(.+)-(e[0-9]{15})-([0-9]{1,19})");

  private SolrNames() {
  }

  /** While it is being filled. */
  static String unfinished(ResourceName name) {
    return "t_" + name.value();
  }

  /** Once it is closed to its environment, until it is removed. */
  static String closed(ResourceName name) {
    return "r_" + name.value();
  }

  static String backup(ResourceName name) {
    return "retained_" + name.value();
  }

  /** Of a collection that has no alias: one that is being filled, or is none of ours. */
  static String unaliased(String collection) {
    Matcher matcher = FOLDER.matcher(collection.replaceFirst("-trial$", ""));
    return matcher.matches() ? "t_" + matcher.group(1) : collection;
  }

  static String folder(OwnerTag tag) {
    return tag.owner().name().value() + "-" + tag.epoch().value() + "-" + tag.intent().toEpochMilli();
  }

  /** Whether a core of ours was made with this folder, to be filled from a backup. */
  static boolean isOurs(String folder) {
    return SLOT.matcher(folder).matches() || FOLDER.matcher(folder.replaceFirst("-trial$", "")).matches();
  }

  /** A slot's; the time makes it unlike every other's. */
  static String slotFolder(String snapshot, Instant now) {
    return snapshot + "-slot-" + now.toEpochMilli();
  }

  /** The snapshot that a core was made of for the pool. */
  static Optional<String> pooled(Cores.Core core) {
    Matcher matcher = SLOT.matcher(core.directory());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The tag in a folder's name, or a mark; empty when it is not this owner's. */
  static Optional<OwnerTag> tag(String folder, Owner owner) {
    Matcher matcher = FOLDER.matcher(folder);
    if (!matcher.matches() || !matcher.group(1).equals(owner.name().value())) {
      return Optional.empty();
    }
    return Optional.of(new OwnerTag(owner, new EpochId(matcher.group(2)),
        Instant.ofEpochMilli(Long.parseLong(matcher.group(3)))));
  }
}
