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
 * The names a core has in its life. Solr keeps no remark with a core, but it keeps and tells the folder's name that
 * the core was made with, also when the core is renamed: the owner tag is there.
 */
final class SolrNames {
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

  /** The tag in a folder's name; empty when the core is not this owner's. */
  static Optional<OwnerTag> tag(Cores.Core core, Owner owner) {
    Matcher matcher = FOLDER.matcher(core.directory());
    if (!matcher.matches() || !matcher.group(1).equals(owner.name().value())) {
      return Optional.empty();
    }
    return Optional.of(new OwnerTag(owner, new EpochId(matcher.group(2)),
        Instant.ofEpochMilli(Long.parseLong(matcher.group(3)))));
  }
}
