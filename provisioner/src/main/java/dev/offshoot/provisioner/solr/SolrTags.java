package dev.offshoot.provisioner.solr;

import java.util.Optional;

import dev.offshoot.provisioner.solr.Cores.Core;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;

/** Where the owner tag of a core is: in the name of its folder, or where that was made for the pool, in a remark on it. */
final class SolrTags {
  private final Namespaces namespaces;

  SolrTags(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  /** Empty when the core is not this owner's. */
  Optional<OwnerTag> find(Core core, Owner owner) {
    return SolrNames.pooled(core).isEmpty() ? SolrNames.tag(core.directory(), owner)
        : namespaces.marks(core.name()).stream().flatMap(mark -> SolrNames.tag(mark, owner).stream()).findFirst();
  }
}
